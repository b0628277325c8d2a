/**
 * Controls of two general frameworks that a check gives evidence for. They are about topics, not about settings of Microsoft, so they
 * follow from the topic of a check and are no statement that one check is enough for a control.
 * ISO/IEC 27001:2022, Annex A; AICPA Trust Services Criteria (2017, points of focus 2022), common criteria of SOC 2.
 */
const topics = {
  /** Whether and how somebody proves who they are. */
  authentication: { iso27001: ['A.5.17', 'A.8.5'], soc2: ['CC6.1'] },
  /** Rules about when access is given at all. */
  accessRules: { iso27001: ['A.5.15', 'A.8.5'], soc2: ['CC6.1', 'CC6.6'] },
  /** Risk that was seen, and what follows from it. */
  detection: { iso27001: ['A.5.25', 'A.8.16'], soc2: ['CC7.2', 'CC7.3'] },
  logging: { iso27001: ['A.8.15', 'A.8.16'], soc2: ['CC7.2'] },
  /** Who has more rights than others. */
  privileges: { iso27001: ['A.5.18', 'A.8.2'], soc2: ['CC6.1', 'CC6.3'] },
  /** Rights are looked over, and end. */
  review: { iso27001: ['A.5.18'], soc2: ['CC6.2', 'CC6.3'] },
  /** Accounts from their making to their end. */
  identities: { iso27001: ['A.5.16', 'A.5.18'], soc2: ['CC6.2'] },
  /** People and tenants from outside. */
  outsiders: { iso27001: ['A.5.15', 'A.5.19'], soc2: ['CC6.2', 'CC6.6'] },
  /** What applications may do. */
  permissions: { iso27001: ['A.5.15', 'A.8.3'], soc2: ['CC6.1', 'CC6.3'] },
  /** Secrets and certificates. */
  credentials: { iso27001: ['A.5.17', 'A.8.24'], soc2: ['CC6.1'] },
  /** Who answers for something. */
  ownership: { iso27001: ['A.5.9'], soc2: ['CC6.2'] },
  /** How something is set. */
  configuration: { iso27001: ['A.8.9'], soc2: ['CC6.1', 'CC7.1'] },
  /** Devices that people use. */
  devices: { iso27001: ['A.8.1', 'A.8.9'], soc2: ['CC6.1', 'CC6.8'] },
  /** Getting in and working on when something fails. */
  continuity: { iso27001: ['A.5.29', 'A.8.2'], soc2: ['CC6.1', 'CC7.5'] },
} as const

type Topic = keyof typeof topics

/** Codes by topic; those that are not named here have the topic of their prefix. */
const codes: Partial<Record<Topic, string>> = {
  credentials: 'APP-01 APP-02 APP-03 APP-04 APP-05 APP-06 APP-07 APP-08 APP-09 APP-29 APP-31 APP-33 APP-34 APP-35 APP-45',
  privileges: 'APP-10 APP-18 APP-30 AID-01 AID-02 AID-03 DV-03 DV-04',
  ownership: 'APP-16 APP-17 APP-19 APP-20',
  identities: 'APP-21 APP-22 PR-14 PR-15 GU-05 GU-06 US-01 US-02 US-03 AID-04',
  configuration: 'APP-24 APP-25 APP-26 APP-27 APP-28 CA-29 CA-31 CA-32 AM-10 SC-01 US-08 US-09 IT-01',
  detection: 'APP-46 CA-02 CA-03 CA-25 CA-34 AM-07 US-13 US-14 LG-02 AID-05',
  logging: 'LG-01 PR-08 PR-09 PR-10',
  authentication: 'CA-05 CA-06 CA-07 CA-08 CA-09 CA-10 CA-12 CA-15',
  devices: 'CA-11 CA-18 US-07',
  continuity: 'CA-27 PR-23 AM-13 HY-01 HY-03 CA-37',
  review: 'PR-20 PR-21 GU-04 US-12',
  outsiders: 'PR-13 PR-22',
  permissions: 'US-04 US-05 US-06 US-10',
}

const byPrefix: Readonly<Record<string, Topic>> = {
  APP: 'permissions',
  CA: 'accessRules',
  AM: 'authentication',
  PW: 'authentication',
  PR: 'privileges',
  GU: 'outsiders',
  US: 'outsiders',
  DV: 'devices',
  HY: 'authentication',
}

const topicOf = new Map(
  (Object.entries(codes) as [Topic, string][]).flatMap(([topic, list]) => list.split(' ').map((code) => [code, topic] as const)),
)

/** The general controls for a check's code; none for a code that stands in no catalogue. */
export function controlsOf(code: string): { readonly iso27001?: readonly string[]; readonly soc2?: readonly string[] } {
  const topic = topicOf.get(code) ?? byPrefix[code.slice(0, code.indexOf('-'))]
  return topic === undefined ? {} : topics[topic]
}
