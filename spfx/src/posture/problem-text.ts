import type { ReadProblem } from './read-posture.ts';
import { fill, type PostureStrings } from './strings.ts';

export interface ProblemText {
  readonly title: string;
  readonly text: string;
  /** True when the answer was "you may not", which trying again does not mend. */
  readonly isRefusal: boolean;
}

/** Says what failed, whether anything changed and what to do, in the page's language. */
export function problemText(problem: ReadProblem, strings: PostureStrings, serviceUrl: string): ProblemText {
  switch (problem.kind) {
    case 'noToken':
      return { title: strings.NoTokenTitle, text: strings.NoTokenText, isRefusal: true };
    case 'forbidden': {
      const text = problem.status === 401 ? strings.ForbiddenText401 : strings.ForbiddenText403;
      return { title: strings.ForbiddenTitle, text: withRequest(text, problem.requestId), isRefusal: true };
    }
    case 'unreachable':
      return { title: strings.UnreachableTitle, text: fill(strings.UnreachableText, { value: serviceUrl }), isRefusal: false };
    case 'service': {
      const text = fill(strings.ServiceText, { status: problem.status });
      return { title: strings.ServiceTitle, text: withRequest(text, problem.requestId), isRefusal: false };
    }
    case 'unreadable':
      return { title: strings.UnreadableTitle, text: withRequest(strings.UnreadableText, problem.requestId), isRefusal: false };
  }

  function withRequest(text: string, id: string | undefined): string {
    return id ? `${text} ${fill(strings.RequestId, { id })}` : text;
  }
}
