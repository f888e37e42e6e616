import { eachAudience, type Audience, type Audiences } from '../domain/audience'
import { ASKED_ROLES, CATEGORIES, COMPANY_KINDS, ENGAGEMENT_KINDS, UNIT_KINDS } from '../domain/people'
import type { PlannedRequirement } from '../domain/planning'
import type { NotAsked } from '../domain/explain'
import { GRACE_BUSINESS_DAYS } from '../domain/wanted'

/** だれに: everybody, or the kinds, with what else is asked for; several audiences one after the other. */
export const audienceWords = (audiences: Audiences): string => eachAudience(audiences).map(oneAudienceWords).join('。または、')

function oneAudienceWords({ kinds, companyKinds, units, unitKinds, roles, categories }: Audience): string {
  const all = Object.keys(ENGAGEMENT_KINDS) as (keyof typeof ENGAGEMENT_KINDS)[]
  const missing = kinds ? all.filter((kind) => !kinds.includes(kind)) : []
  const others = [companyKinds, units, unitKinds, roles, categories].some((one) => one)
  const who = !kinds && others ? '' : missing.length === 0 ? 'すべての雇用形態' : missing.length <= 3 ? `${missing.map((kind) => ENGAGEMENT_KINDS[kind]).join('・')}を除くすべて` : kinds!.map((kind) => ENGAGEMENT_KINDS[kind]).join('・')
  return [
    who, companyKinds && `会社の種別が${companyKinds.map((kind) => COMPANY_KINDS[kind]).join('・')}`, units && `所属が${units.join('・')}とその下`, unitKinds && `所属の種別が${unitKinds.map((kind) => UNIT_KINDS[kind]).join('・')}`,
    roles && `役割が${roles.map((role) => ASKED_ROLES[role]).join('・')}`, categories && `${categories.map((one) => CATEGORIES[one]).join('か')}を取り扱う`,
  ].filter(Boolean).join('、')
}

const monthDay = (text: string) => `${Number(text.slice(0, 2))}月${Number(text.slice(3))}日`

const EVENT_WORDS = { start: '対象になった日', appointment: '役割が始まった日', scope: '取り扱う情報が増えた日' } as const

/** いつまでに. */
export function whenWords(when: PlannedRequirement['when']): string {
  if (when.on === 'start' || when.on === 'appointment' || when.on === 'scope') {
    const first = EVENT_WORDS[when.on]
    return `${when.businessDays === 0 ? `${first}まで(営業日でないときは次の営業日)` : `${first}から${when.businessDays}営業日`}${when.newOnly ? '。決まりが始まる前にその日を迎えた人は、毎年度の回から' : ''}`
  }
  if (when.on === 'end') return `在籍終了日の${when.daysBefore}日前に始まり、終了日(営業日でないときは前の営業日)まで`
  return `毎年度、${monthDay(when.opens)}に始まり、${monthDay(when.due)}まで${when.confirmsEntry ? '。はじめの誓約が前の年度までに済んだ人' : ''}`
}

/** Why a requirement asks nothing of somebody, in words. */
export const NOT_ASKED: Record<NotAsked, string> = {
  over: '在籍が終わっています',
  otherCompany: '会社の種別が、この決まりの対象ではありません',
  otherKind: '雇用形態が、この決まりの対象ではありません',
  otherUnit: '所属が、この決まりの対象ではありません',
  otherRole: '役割が、この決まりの対象ではありません',
  otherCategory: '取り扱う情報が、この決まりの対象ではありません',
  past: '対象だった期間が過ぎています',
  notLawful: 'この働き方に渡せる書面が、まだ公開されていません(様式なし)',
  noEndYet: '在籍の終わりが決まっていないか、終わる日には対象ではありません',
  endIsFar: '在籍の終わりが近づくと割り当てます',
  nextYear: 'この決まりは今年度の回が始まったあとにできました。次の年度の回から割り当てます',
  beforeRule: 'この決まりができる前から対象です。毎年度の回で割り当てます',
  nothingNew: '取り扱う情報は、在籍を始めたときから増えていません',
  nothingToConfirm: 'はじめの誓約が、この年度のものか、まだありません。確かめるのは、その次の年度からです',
  yearIsOver: '今年度のうちに始まりません。次の年度の始まりに割り当てます',
  awayAllYear: '年度の始まりから終わりまで休職・育休のため、復帰した年度から割り当てます',
}

export const GRACE_WORDS = `${GRACE_BUSINESS_DAYS}営業日`
