declare module 'PostureStrings' {
  import type { PostureStrings } from '../../../posture/strings.ts'
  const strings: PostureStrings
  export = strings
}
