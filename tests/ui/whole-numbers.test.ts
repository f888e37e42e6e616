import { expect, it } from 'vitest'
import { withWholeNumbers } from '../../app/ui/whole-numbers'

it('keeps a telephone number whole, and touches neither marks nor drawings nor days', () => {
  expect(withWholeNumbers('<p>内線 5000、社外から 0120-000-500・24時間</p>')).toBe('<p>内線 5000、社外から <span class="nw">0120-000-500</span>・24時間</p>')
  for (const other of ['<a href="/x/0120-000-500">表</a>', '<svg aria-label="0120-000-500"><text>0120-000-500</text></svg>', 'R-001-1.1b', '5-1 と 2026年']) expect(withWholeNumbers(other)).toBe(other)
})
