import type { Relation } from '../domain/people'

/** With whom somebody speaks about time and ways of learning: the side that directs their work (domain.md L23, L25). */
export const COUNSEL: Readonly<Record<Relation, string>> = {
  own: '上長や人事に相談する',
  dispatched: '派遣先の上長や、派遣元の担当者に相談する',
  contract: '自社の責任者に相談する',
  sole: '研修事務局に相談する',
}

/** How a learner is told to make time: employed people at work, whoever works on their own as they agree. */
export const counselFor = (relations: readonly Relation[]): string => COUNSEL[relations[0] ?? 'own']
