import { useLoaderData, type MetaFunction } from '@remix-run/react'
import { countHeldByRequirement } from '../../../db/requirement-holders.server'
import { targetTitle } from '../../content/target-titles'
import { dayOf } from '../../domain/calendar'
import { quoted, TARGET_WORDS } from '../../domain/duty-words'
import { outOf } from '../../domain/percent'
import { isStopped, requirementsInForce } from '../../domain/requirement'
import { guardLoader } from '../../http/guard.server'
import { fullDay, fullDayWithWeekday } from '../../ui/format'
import { Page, PageHead } from '../../ui/page-head'
import { audienceWords, whenWords } from '../../ui/requirement-words'
import { Status } from '../../ui/status'
import { Body, Cell, ColumnHead, Head, Row, RowHead, Table } from '../../ui/table'

export const meta: MetaFunction = () => [{ title: '受講の決まり｜守秘' }]


/** Who must do what, by when: the requirements as content has them, every version, read only. */
export const loader = guardLoader({ act: 'readProgram' }, async ({ context: { db, library, now } }) => {
  const today = dayOf(now)
  const held = await countHeldByRequirement(db)
  const inForce = new Map(requirementsInForce(library.requirements, today).map(({ requirement }) => [requirement.id, requirement.version]))
  const newest = new Map(library.requirements.filter(({ validFrom }) => validFrom <= today).sort((a, b) => a.version - b.version).map(({ id, version }) => [id, version]))
  const own = new Set(library.folder.parts.filter(({ isOwn }) => isOwn).flatMap(({ rules }) => rules?.value.map(({ id }) => id) ?? []))
  const titleOf = (id: string) => library.requirements.find((one) => one.id === id)?.title ?? id
  return {
    today,
    hasOwn: library.folder.parts.length > 1,
    requirements: library.requirements.map(({ id, version, title, validFrom, audience, target, when, stopped, stops }) => ({
      id, version, title, validFrom, who: audienceWords(audience), what: `${TARGET_WORDS[target.kind]}${quoted(targetTitle(library, target.kind, target.slug))}`, when: whenWords(when),
      isOwn: own.has(id), stops: (stops ?? []).map(titleOf), stoppedBy: library.folder.rules.findLast((rule) => rule.stops?.includes(id))?.title ?? '',
      state: validFrom > today ? ('later' as const) : newest.get(id) === version && isStopped({ stopped }, today) ? ('stopped' as const) : inForce.get(id) === version ? ('inForce' as const) : ('past' as const), held: held.get(`${id} ${version}`) ?? { held: 0, completed: 0 },
    })),
  }
})

export default function Requirements() {
  const { requirements, hasOwn, today } = useLoaderData<typeof loader>()
  return (
    <Page>
      <PageHead back={{ to: '/program', label: '全体の状況' }} title="受講の決まり" lead="だれに、何を、いつまでに。名簿を反映したときと毎晩、この決まりで割り当てます。" asOf={`基準日 ${fullDayWithWeekday(today)}　件数は、いまこの決まりで割り当てているもののうち、終えたものです`} />
      <Table>
        <caption className="sr-only">受講の決まり</caption>
        <Head><Row><ColumnHead>決まり</ColumnHead><ColumnHead>だれに</ColumnHead><ColumnHead>何を</ColumnHead><ColumnHead>いつまでに</ColumnHead><ColumnHead>状態</ColumnHead><ColumnHead className="num">終えた／割当</ColumnHead></Row></Head>
        <Body>
          {requirements.map((one) => (
            <Row key={`${one.id} ${one.version}`}>
              <RowHead><b>{one.title}</b><br /><span className="who-no">{one.id} 第{one.version}版{hasOwn && `・${one.isOwn ? '自社の決まり' : '標準の決まり'}`}</span>{one.stops.length > 0 && <><br /><span className="sml mut">「{one.stops.join('」「')}」に替わる決まり</span></>}</RowHead>
              <Cell label="だれに">{one.who}</Cell>
              <Cell label="何を">{one.what}</Cell>
              <Cell label="いつまで">{one.when}</Cell>
              <Cell label="状態"><Status mark={one.state === 'inForce' ? 'done' : one.state === 'later' ? 'todo' : 'none'}>{one.state === 'inForce' ? `${fullDay(one.validFrom)}から` : one.state === 'later' ? `${fullDay(one.validFrom)}から始まります` : one.state === 'stopped' ? `「${one.stoppedBy}」で止めています` : '新しい版に替わりました'}</Status></Cell>
              <Cell label="終えた" className="num">{one.held.held === 0 ? '―' : outOf(one.held.completed, one.held.held, '件')}</Cell>
            </Row>
          ))}
        </Body>
      </Table>
      <p className="src">決まりは、教材のフォルダの requirements.yaml に書きます。標準の決まりは直さず、自社のフォルダ(CONTENT_DIR)に足すか、stops で止めます。変えるときは新しい版を加え、公開すると、次の計画から新しい版で割り当てます。これまでの版は残ります。ひとりの人に割り当てられた理由は、その人の記録の「なぜ割り当てられたか」で読めます。</p>
    </Page>
  )
}
