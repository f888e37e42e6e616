import type { Audience } from '../domain/audience'
import { CATEGORIES, COMPANY_KINDS, ENGAGEMENT_KINDS } from '../domain/people'
import type { PlannedRequirement } from '../domain/planning'
import type { NotAsked } from '../domain/explain'
import { GRACE_BUSINESS_DAYS } from '../domain/wanted'

/** だれに: everybody, or the kinds, with what else is asked for. */
export function audienceWords({ kinds, companyKinds, units, categories }: Audience): string {
  const all = Object.keys(ENGAGEMENT_KINDS) as (keyof typeof ENGAGEMENT_KINDS)[]
  const missing = all.filter((kind) => !kinds.includes(kind))
  const who = missing.length === 0 ? 'すべての雇用形態' : missing.length <= 3 ? `${missing.map((kind) => ENGAGEMENT_KINDS[kind]).join('・')}を除くすべて` : kinds.map((kind) => ENGAGEMENT_KINDS[kind]).join('・')
  return [who, companyKinds && `会社の種別が${companyKinds.map((kind) => COMPANY_KINDS[kind]).join('・')}`, units && `所属が${units.join('・')}とその下`, categories && `${categories.map((one) => CATEGORIES[one]).join('か')}を取り扱う`].filter(Boolean).join('、')
}

const monthDay = (text: string) => `${Number(text.slice(0, 2))}月${Number(text.slice(3))}日`

/** いつまでに. */
export function whenWords(when: PlannedRequirement['when']): string {
  if (when.on === 'start') return when.businessDays === 0 ? '対象になった日まで(営業日でないときは次の営業日)' : `対象になった日から${when.businessDays}営業日`
  if (when.on === 'end') return `在籍終了日の${when.daysBefore}日前に始まり、終了日(営業日でないときは前の営業日)まで`
  return `毎年度、${monthDay(when.opens)}に始まり、${monthDay(when.due)}まで`
}

/** Why a requirement asks nothing of somebody, in words. */
export const NOT_ASKED: Record<NotAsked, string> = {
  over: '在籍が終わっています',
  otherCompany: '会社の種別が、この決まりの対象ではありません',
  otherKind: '雇用形態が、この決まりの対象ではありません',
  otherUnit: '所属が、この決まりの対象ではありません',
  otherCategory: '取り扱う情報が、この決まりの対象ではありません',
  past: '対象だった期間が過ぎています',
  notLawful: 'この働き方に渡せる書面が、まだ公開されていません(様式なし)',
  noEndYet: '在籍の終わりが決まっていないか、終わる日には対象ではありません',
  endIsFar: '在籍の終わりが近づくと割り当てます',
  yearIsOver: '今年度のうちに始まりません。次の年度の始まりに割り当てます',
  awayAllYear: '年度の始まりから終わりまで休職・育休のため、復帰した年度から割り当てます',
}

export const GRACE_WORDS = `${GRACE_BUSINESS_DAYS}営業日`
