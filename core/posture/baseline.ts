/** Numbers a framework sets and a tenant may override. */
export interface BaselineParameters {
  readonly globalAdministrators: { readonly least: number; readonly most: number }
  /** Days before a secret's end at which the verdict becomes fail, and warn. */
  readonly secretExpiry: { readonly failDays: number; readonly warnDays: number }
}

/** Parameters and policy ids of a framework. */
export interface Baseline {
  readonly id: string
  readonly title: string
  readonly parameters: BaselineParameters
  /** Policy ids of the framework with the checks that answer them. */
  readonly policies: Readonly<Record<string, readonly string[]>>
  /** What an absent licence means: SCuBA counts it as not met. */
  readonly absentLicence: 'notApplicable' | 'fail'
}
