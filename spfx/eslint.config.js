const spfxProfile = require('@microsoft/eslint-config-spfx/lib/flat-profiles/react')

module.exports = [
  ...spfxProfile,
  {
    files: ['**/*.ts', '**/*.tsx'],
    languageOptions: { parserOptions: { tsconfigRootDir: __dirname, project: './tsconfig.json' } },
    rules: {
      // The service's contract and React both speak null; a promise that cannot reject is marked with void.
      '@rushstack/no-new-null': 'off',
      'no-void': ['error', { allowAsStatement: true }],
    },
  },
]
