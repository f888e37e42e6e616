import a11y from 'eslint-plugin-jsx-a11y'
import hooks from 'eslint-plugin-react-hooks'
import tseslint from 'typescript-eslint'

/** The house's rules as lint (house.md §8): sizes, no `any`, one reader of the environment, no clock where rules live, no floating promise. */
const clock = [
  { selector: "NewExpression[callee.name='Date'][arguments.length=0]", message: 'The clock is read once at the door: take `now` as an argument.' },
  { selector: "MemberExpression[object.name='Date'][property.name='now']", message: 'The clock is read once at the door: take `now` as an argument.' },
]

/** Tables that stack on a phone say their roles themselves, since `display: block` takes them away (look.md §4.8); labels are looked for at depth. */
const stackedTables = {
  'jsx-a11y/no-redundant-roles': 'off',
  'jsx-a11y/no-interactive-element-to-noninteractive-role': 'off',
  'jsx-a11y/no-noninteractive-element-to-interactive-role': 'off',
  'jsx-a11y/label-has-associated-control': ['error', { depth: 4 }],
}

export default tseslint.config(
  { ignores: ['build/**', 'node_modules/**', '.data/**', 'content/**'] },
  {
    files: ['**/*.{ts,tsx}'],
    extends: [tseslint.configs.recommended],
    languageOptions: { parserOptions: { project: './tsconfig.json', tsconfigRootDir: process.cwd() } },
    rules: {
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: false }],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      'max-lines': ['error', { max: 250, skipBlankLines: false }],
      'no-console': 'error',
      'prefer-const': 'error',
      eqeqeq: 'error',
    },
  },
  { files: ['tests/**'], rules: { 'max-lines': ['error', { max: 400 }], 'no-console': 'off' } },
  { files: ['app/**/*.{ts,tsx}', 'db/**/*.ts', 'emails/**/*.tsx'], ignores: ['app/settings.server.ts', 'app/start.mjs'], rules: { 'no-restricted-properties': ['error', { object: 'process', property: 'env', message: 'Only settings.server.ts reads the environment.' }] } },
  { files: ['app/domain/**', 'app/commands/**', 'db/**'], rules: { 'no-restricted-syntax': ['error', ...clock] } },
  { files: ['app/**/*.tsx', 'emails/**/*.tsx'], plugins: { 'react-hooks': hooks, 'jsx-a11y': a11y }, rules: { ...hooks.configs.recommended.rules, ...a11y.flatConfigs.recommended.rules, ...stackedTables } },
)
