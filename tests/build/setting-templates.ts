/** Template ids of directory settings, written out once more: a test must not take them from the code that it tests. */
export const settingTemplates = {
  passwords: '5CF42378-D67D-4F36-BA46-E8B86229381D',
  unifiedGroups: '62375ab9-6b52-47ed-826b-58e47e0e304b',
  consent: 'dffd5d46-495d-40a9-8e21-954ff55e198a',
} as const
