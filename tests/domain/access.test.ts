import { describe, expect, it } from 'vitest'
import { ACTS, OFFICE_ROLES, ROLE_WORDS, rolesThatMay } from '../../app/domain/access'
import { words } from '../../app/ui/messages'

describe('the two sides of the roles', () => {
  it('are the line, which answers for a unit or a company, and the office', () => {
    expect(OFFICE_ROLES).toEqual(['hr', 'chief', 'auditLead', 'systemAdministrator'])
    expect(ROLE_WORDS).toEqual({ line: '所属長・保護管理者・保護担当者・会社側担当者', office: '人事・統括管理者・監査責任者・システム管理者' })
  })

  it('are told with their own names wherever they are told', () => {
    expect(words('notYourRoleToGive', {}).body).toBe('所属長・保護管理者・保護担当者・会社側担当者は人事か統括管理者が、人事・統括管理者・監査責任者・システム管理者はシステム管理者が任命します。何も変わっていません。')
    expect(rolesThatMay('giveLineRoles')).toBe('人事か統括管理者')
    expect(ACTS.giveOfficeRoles).toBe('人事・統括管理者・監査責任者・システム管理者の任命')
  })
})
