import { Link } from '@remix-run/react'
import type { SettingLine } from '../domain/effective-settings'
import { Notice } from './notice'
import { Status } from './status'
import { Body, Cell, ColumnHead, Head, Row, RowHead, Table } from './table'

interface Fault {
  file: string
  line: number
  field: string
  message: string
}

/** Files beyond this number are counted, not named. */
const NAMED = 20

/** The operator's own folder as it stands on the disk against what was read of it at the start, and whether the company's words are still our example. */
export function OwnFolder({ state, examples }: { state: { path: string; changed: readonly string[]; errors: readonly Fault[]; draftErrors: readonly Fault[] } | null; examples: readonly Pick<SettingLine, 'name' | 'what'>[] }) {
  return (
    <section className="sec">
      <h2>自社のフォルダ(CONTENT_DIR)</h2>
      {examples.length > 0 && (
        <Notice kind="warn" heading="h3" title="会社の言葉が、架空の例のままです">
          <p>受講する人の画面、誓約書、メールに、架空の会社の言葉が出ます。自社のフォルダの operator.yaml に書いて、起動し直してください。例のままの項目: {examples.map(({ name, what }) => `${what}(${name})`).join('、')}</p>
        </Notice>
      )}
      {!state && <p>決めていません。標準の教材と言葉だけで動いています。<Link to="/help/system-content">自社の教材を足す、言葉を替える</Link></p>}
      {state && state.errors.length > 0 && (
        <Notice kind="no" heading="h3" title="このままでは、次に始められません">
          <p>いまは、始めたときに読んだもので動いています。止める前に、下のところを直してください。公開した版は、控えから元に戻します。</p>
        </Notice>
      )}
      {state && state.changed.length > 0 && (
        <Notice kind="warn" heading="h3" title={`始めたあとで、${state.changed.length}個のファイルが変わっています`}>
          <p>いま動いているのは、始めたときに読んだものです。<code>npm run shuhi -- content check</code> で確かめてから、起動し直してください。</p>
          <ul>{state.changed.slice(0, NAMED).map((file) => <li key={file} className="break-all">{file}</li>)}</ul>
          {state.changed.length > NAMED && <p>ほか {state.changed.length - NAMED}個</p>}
        </Notice>
      )}
      {state && state.errors.length + state.changed.length === 0 && <p><Status mark="done">始めたときに読んだものと同じです</Status> <span className="break-all">{state.path}</span></p>}
      {state && <Faults title="直すところ" faults={state.errors} />}
      {state && state.draftErrors.length > 0 && <p>公開していないものの誤りが {state.draftErrors.length}件あります。起動は止まりませんが、誤りのあるものは使われません。</p>}
      {state && <Faults title="公開していないものの誤り" faults={state.draftErrors.slice(0, NAMED)} />}
    </section>
  )
}

function Faults({ title, faults }: { title: string; faults: readonly Fault[] }) {
  if (faults.length === 0) return null
  return (
    <Table>
      <caption className="sr-only">{title}</caption>
      <Head><Row><ColumnHead>ファイル</ColumnHead><ColumnHead className="num">行</ColumnHead><ColumnHead>項目</ColumnHead><ColumnHead>内容</ColumnHead></Row></Head>
      <Body>{faults.map(({ file, line, field, message }, at) => <Row key={at}><RowHead className="break-all">{file}</RowHead><Cell label="行" className="num">{line}</Cell><Cell label="項目">{field || '―'}</Cell><Cell label="内容">{message}</Cell></Row>)}</Body>
    </Table>
  )
}
