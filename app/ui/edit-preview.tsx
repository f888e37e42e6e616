import { Form, Link } from '@remix-run/react'
import type { Day } from '../domain/calendar'
import type { ReportedPerson, RosterEffect, RosterReport } from '../domain/roster-report'
import { ENGAGEMENT_KINDS, whoWords } from '../domain/people'
import { UNDO_DAYS } from '../domain/undo'
import { slashDay } from './format'
import { Change, consequences, EffectTable, fieldWords, titlesIn, type NameOf, type TitleOf } from './import-preview'
import { Notice } from './notice'
import { PageHead } from './page-head'
import { ShortNumbers } from './short-numbers'
import { StructureChanges } from './structure-changes'
import { Body, Cell, ColumnHead, Head, Row, RowHead, Table } from './table'

export interface EditPreviewData {
  draftId: string
  today: Day
  person: ReportedPerson
  effect: RosterEffect
  shortNumbers: RosterReport['shortNumbers']
  structure: Pick<RosterReport, 'units' | 'companies' | 'appointments'>
  companyNames: Record<string, string>
  unitNames: Record<string, string>
  targets: RosterReport['targets']
  titles: Record<string, string>
}

/** Field by field what changes for one person, and what follows; the last button applies it. */
export function EditPreview({ data, back }: { data: EditPreviewData; back: { to: string; label: string } }) {
  const { person } = data
  const titleOf: TitleOf = (kind, slug) => data.titles[`${kind} ${slug}`] ?? slug
  const follows = consequences(person, data.today, titlesIn(data.targets, titleOf))
  const again = `${back.to}?again=${data.draftId}`
  const companyName: NameOf = (code) => data.companyNames[code] ?? code
  const unitName: NameOf = (code) => data.unitNames[code] ?? code
  return (
    <>
      <PageHead back={{ ...back, to: again }} title="反映する前に確かめる" lead={<><b>まだ何も変わっていません。</b>いちばん下のボタンで反映します。</>} asOf={`${person.name ?? '従事者'}　${person.number}・${ENGAGEMENT_KINDS[person.kind]}`} />
      {person.likeNumber !== undefined && <Notice kind="warn" title={`先頭の0だけが違う番号 ${person.likeNumber} の人がいます`}><p>同じ人なら、登録しないでください。2人に分かれて、研修と誓約も別々になります。別の人であることを確かめたら、このまま反映できます。</p></Notice>}
      {data.shortNumbers && person.likeNumber === undefined && <ShortNumbers short={data.shortNumbers} mend="消えていたら、反映せずに、下の「入力し直す」で直してください。" />}
      <section className="sec">
        <h2>{person.outcome === 'new' ? '新しく登録する人' : '変わること'}</h2>
        <Table>
          <caption className="sr-only">項目ごとの変化</caption>
          <Head><Row><ColumnHead>項目</ColumnHead><ColumnHead>いまの値 → 新しい値</ColumnHead></Row></Head>
          <Body>
            {person.outcome === 'new'
              ? ([['氏名', person.name ?? '(表示しない契約です)'], ['雇用形態', ENGAGEMENT_KINDS[person.kind]], ['会社', companyName(person.companyCode)], ['所属', person.unitCode === '' ? '(空)' : unitName(person.unitCode)], ['在籍開始日', slashDay(person.effectiveOn)], ['会社のメール', person.hasMail ? 'あり' : 'なし、または届かない宛先(利用票で知らせます)']] as const).map(([label, value]) => (
                <Row key={label}><RowHead><b>{label}</b></RowHead><Cell label="値"><ins className="is">{value}</ins></Cell></Row>
              ))
              : person.fields.map((field) => {
                const { label, was, is } = fieldWords(field, companyName, unitName, person.name !== null)
                return <Row key={label}><RowHead><b>{label}</b></RowHead><Cell label="値"><Change was={was} is={is} /></Cell></Row>
              })}
          </Body>
        </Table>
        {person.variantOnly && <p className="mt-4">氏名は、字体だけの違いです。</p>}
        {follows.length > 0 && <><h3 className="mt-6">{whoWords({ ...person, name: person.name ?? '従事者' })}に起きること</h3><ul>{follows.map((one) => <li key={one}>{one}</li>)}</ul></>}
      </section>
      <section className="sec">
        <h2>割当とメール</h2>
        <EffectTable effect={data.effect} titleOf={titleOf} />
      </section>
      <StructureChanges {...data.structure} companyName={companyName} unitName={unitName} />
      <Form method="post">
        <input type="hidden" name="draft" value={data.draftId} />
        <div className="acts"><button className="btn btn-main">この内容で反映する</button><Link className="btn btn-text" to={again}>入力し直す</Link></div>
        <p className="src">1つの変更セットとして記録します。反映のあと{UNDO_DAYS}日以内なら、元に戻せます。</p>
      </Form>
    </>
  )
}
