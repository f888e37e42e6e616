import type { Relation } from './people'

/**
 * Whether the operator's offices see more of somebody than status and certificate: minutes, how often a test was taken, what was
 * signed. Of a contractor's worker they do not; that stays with the employer (domain.md L25, §5.3). The person sees all of it.
 */
export const mayShowDetail = (relation: Relation): boolean => relation !== 'contract'
