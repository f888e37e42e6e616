import { Form, Link, useLoaderData, type MetaFunction } from '@remix-run/react'
import { z } from 'zod'
import type { Db } from '../../../db/database.server'
import { countPeople, findPeople, findUnitsNamed, listDuties, listFormerNames, type FoundPerson, type PeopleFilter } from '../../../db/people-search.server'
import { may } from '../../domain/access'
import { dayOf, type Day } from '../../domain/calendar'
import { foldName } from '../../domain/name'
import { standingOf, worstOf, type Duty, type Standing } from '../../domain/standing'
import { guardLoader } from '../../http/guard.server'
import { searchIsNoted } from '../../http/noted.server'
import { fullDayWithWeekday } from '../../ui/format'
import { Notice } from '../../ui/notice'
import { Page, PageHead } from '../../ui/page-head'
import { Pager } from '../../ui/pager'
import { employedAs, serviceWords } from '../../ui/people'
import { StandingStatus } from '../../ui/standing'
import { Body, Cell, ColumnHead, Head, Row, RowHead, Table } from '../../ui/table'

const PAGE = 50
/** Further than this the number of people found is not counted: the search is to be made narrower. */
const COUNTED = 501

export const meta: MetaFunction = () => [{ title: '人をさがす｜守秘' }]

/** People by any beginning of name, kana or number, whatever the shape of the characters. */
export const loader = guardLoader(
  {
    act: 'readPeople',
    query: z.object({
      q: z.string().max(100).catch('').default(''),
      relation: z.enum(['own', 'dispatched', 'contract', 'sole']).nullable().catch(null).default(null),
      service: z.enum(['in', 'before', 'left']).nullable().catch(null).default(null),
      unit: z.string().trim().max(100).catch('').default(''),
      after: z.string().max(400).nullable().default(null),
    }),
  },
  async ({ context, query }) => {
    const { db, now, viewer } = context
    const today = dayOf(now)
    const filter = { prefix: foldName(query.q), relation: query.relation, service: query.service, unitIds: query.unit === '' ? null : await findUnitsNamed(db, query.unit, today) }
    const [listed, count] = await Promise.all([
      findPeople(db, filter, { after: query.after, limit: PAGE + 1, today }),
      countPeople(db, filter, today, COUNTED),
      searchIsNoted(context, { among: 'people', typed: query.q, narrowed: [query.relation && RELATIONS[query.relation], query.service && SERVICES[query.service], query.unit && `所属 ${query.unit}`].filter(Boolean).join('・') }),
    ])
    const page = listed.slice(0, PAGE)
    const near = page.length === 0 && /^[0-9]+$/.test(filter.prefix) ? await firstWithZeros(db, filter, today) : null
    const ids = page.map(({ engagementId }) => engagementId)
    const [duties, formerNames] = await Promise.all([listDuties(db, ids), listFormerNames(db, ids)])
    const standings = (person: FoundPerson, kinds: readonly Duty['kind'][]): Standing | undefined =>
      worstOf(duties.filter(({ engagementId, kind }) => engagementId === person.engagementId && kinds.includes(kind)).map((duty) => standingOf(duty, { onLeave: person.onLeave, ended: person.validTo <= today }, today)))
    const link = (after: string | null) => {
      const wanted = new URLSearchParams()
      for (const [name, value] of Object.entries({ ...query, after })) if (value) wanted.set(name, value)
      return `/people?${wanted}`
    }
    return {
      query: { q: query.q, relation: query.relation, service: query.service, unit: query.unit },
      near, count, more: count === COUNTED, today, mayManage: may(viewer, 'manageRoster'), mayReadProgram: may(viewer, 'readProgram'), mayTake: may(viewer, 'takeDossiers'),
      people: page.map((person) => ({
        ...person,
        formerNames: person.name === null ? [] : formerNames.filter(({ engagementId, name }) => engagementId === person.engagementId && name !== person.name).map(({ name }) => name),
        training: standings(person, ['module']),
        signature: standings(person, ['pledge', 'certificate']),
      })),
      next: listed.length > PAGE ? link(page.at(-1)!.key) : null,
      first: query.after === null ? null : link(null),
    }
  },
)

const RELATIONS: Readonly<Record<string, string>> = { own: '自社の従業者', dispatched: '派遣社員', contract: '委託先・再委託先', sole: '個人受託者' }
const SERVICES: Readonly<Record<string, string>> = { in: '在籍中', before: '入社・受入の前', left: '退職・終了' }

/** Zeros that may be missing in front of a number. */
const MOST_ZEROS = 8

/** The beginning of a number, with the zeros in front that a spreadsheet or a memory drops, that does find somebody. */
async function firstWithZeros(db: Db, filter: PeopleFilter, today: Day): Promise<string | null> {
  for (let zeros = 1; zeros <= MOST_ZEROS; zeros++) {
    const prefix = '0'.repeat(zeros) + filter.prefix
    if ((await findPeople(db, { ...filter, prefix }, { after: null, limit: 1, today })).length > 0) return prefix
  }
  return null
}

/** What HR does besides, where it is looked for: beside the people. */
const WORK: readonly (readonly [to: string, words: string])[] = [
  ['/people/new', '1人を追加する'], ['/people/slips', '利用票を発行する・利用の案内を送る'], ['/people/class', '集合研修の記録を入力する'], ['/people/pledge-papers', '誓約書の用紙を印刷する'], ['/people/agreements', '派遣元の合意を記録する'],
  ['/program/checks', '点検の状況を見る'], ['/people/export', '名簿を書き出す'], ['/people/changes', '名簿の変更の履歴を見る・元に戻す'], ['/system/outbox', '送信待ちメールを見る'],
]

export default function Search() {
  const { query, people, near, count, more, next, first, mayManage, mayReadProgram, mayTake, today } = useLoaderData<typeof loader>()
  const filtered = query.q !== '' || query.relation !== null || query.service !== null || query.unit !== ''
  return (
    <Page>
      <PageHead title="人をさがす" />
      <Form className="filter pt-0" role="search">
        <div className="field">
          <label className="label" htmlFor="q">氏名・フリガナ・従事者番号</label>
          <input className="in min-w-72" id="q" name="q" type="search" defaultValue={query.q} key={query.q} aria-describedby="qh" />
        </div>
        <div className="field">
          <label className="label" htmlFor="relation">関係</label>
          <select className="in" id="relation" name="relation" defaultValue={query.relation ?? ''}>
            <option value="">すべて</option>
            <option value="own">自社の従業者</option>
            <option value="dispatched">派遣社員</option>
            <option value="contract">委託先・再委託先</option>
            <option value="sole">個人受託者</option>
          </select>
        </div>
        <div className="field">
          <label className="label" htmlFor="service">在籍</label>
          <select className="in" id="service" name="service" defaultValue={query.service ?? ''}>
            <option value="">すべて(退職・終了も)</option>
            <option value="in">在籍中</option>
            <option value="before">入社・受入の前</option>
            <option value="left">退職・終了</option>
          </select>
        </div>
        <div className="field">
          <label className="label" htmlFor="unit">所属</label>
          <input className="in" id="unit" name="unit" defaultValue={query.unit} key={query.unit} aria-describedby="qh" />
        </div>
        <button className="btn btn-main btn-sm">さがす</button>
      </Form>
      <p className="sml mut -mt-2" id="qh">「高橋」で「髙橋」も見つかります。字体の違いは区別せずに、姓か名、番号のはじめの文字からさがします。所属は、名前のはじめか所属コードで、下の所属も含めてさがします。氏名でさがしたことは、監査のために記録します。</p>
      <p className="sml">{mayManage && <><a href="#work">登録・用紙・書き出しなど、ほかの仕事</a>　</>}{mayReadProgram && <Link to="/people/without-template">働き方に合う誓約書の様式がない人(様式なし)</Link>}</p>
      {people.length > 0 ? (
        <Form action="/people/dossiers">
        <Table className="mt-6">
          <caption>{more ? `${COUNTED - 1}人より多く見つかりました` : `${count}人見つかりました(${fullDayWithWeekday(today)}現在)`}</caption>
          <Head><Row>{mayTake && <ColumnHead className="tick"><span className="sr-only">選ぶ</span></ColumnHead>}<ColumnHead>氏名・番号・雇用形態</ColumnHead><ColumnHead>フリガナ</ColumnHead><ColumnHead>所属</ColumnHead><ColumnHead>在籍</ColumnHead><ColumnHead>研修</ColumnHead><ColumnHead>誓約</ColumnHead></Row></Head>
          <Body>
            {people.map((person) => (
              <Row key={person.engagementId}>
                {mayTake && <Cell className="tick"><label className="hit"><input className="box" type="checkbox" name="e" value={person.engagementId} aria-label={`${person.name ?? '従事者'} ${person.number} を選ぶ`} /></label></Cell>}
                <RowHead>
                  <Link className="who" to={`/people/${person.engagementId}`}>{person.name ?? `従事者 ${person.number}`}</Link>
                  <br /><span className="who-no">{person.name !== null && `${person.number}・`}{employedAs(person)}</span>
                </RowHead>
                <Cell label="フリガナ">{person.kana ?? <span className="mut">表示しない契約です</span>}</Cell>
                <Cell label="所属">{person.unitName ?? '―'}</Cell>
                <Cell label="在籍">
                  {serviceWords(person, today)}
                  {person.formerNames.length > 0 && <><br /><span className="mut">以前の氏名 {person.formerNames.join('、')}</span></>}
                </Cell>
                <Cell label="研修"><StandingStatus standing={person.training} relation={person.relation} /></Cell>
                <Cell label="誓約"><StandingStatus standing={person.signature} relation={person.relation} /></Cell>
              </Row>
            ))}
          </Body>
        </Table>
        {mayTake && <div className="acts"><button className="btn btn-sm">選んだ人の記録一式を受け取る</button></div>}
        </Form>
      ) : (
        <div className="mt-6">
          {filtered ? (
            <Notice kind="info" title={query.q === '' ? '当てはまる人はいません' : `「${query.q}」に当てはまる人はいません`}>
              <p>字体の違いは区別していません。番号やフリガナでもさがせます。氏名を表示しない契約の委託先の人は、番号でさがしてください。{near === null && /^\d+$/.test(query.q) && '番号は、先頭の0も入れてください。'}{(query.service !== null || query.relation !== null || query.unit !== '') && '「関係」と「在籍」を「すべて」に、「所属」を空にすると、ほかの人もさがせます。'}</p>
              {near !== null && <div className="acts"><Link className="btn btn-sm" to={`/people?${new URLSearchParams({ q: near })}`}>先頭の0を入れた「{near}」でさがす</Link></div>}
            </Notice>
          ) : (
            <Notice kind="info" title="名簿に、まだだれもいません">
              <p>CSVで取り込むか、1人ずつ追加してください。</p>
              {mayManage && <div className="acts"><Link className="btn btn-sm" to="/people/import">名簿を取り込む</Link></div>}
            </Notice>
          )}
        </div>
      )}
      <Pager next={next} first={first} label={`${PAGE}人`} />
      {mayManage && (
        <section className="sec noprint" id="work">
          <h2>ほかの仕事</h2>
          <ul>{WORK.map(([to, words]) => <li key={to}><Link to={to}>{words}</Link></li>)}</ul>
        </section>
      )}
    </Page>
  )
}
