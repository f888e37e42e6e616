import type { SettingLine } from '../domain/effective-settings'
import { Body, Cell, ColumnHead, Head, Row, RowHead, Table } from './table'

/** Settings as they work now; nothing secret is in the lines. */
export const SettingTable = ({ lines }: { lines: readonly SettingLine[] }) => (
  <Table>
    <caption className="sr-only">いま効いている設定</caption>
    <Head><Row><ColumnHead>設定</ColumnHead><ColumnHead>意味</ColumnHead><ColumnHead>いまの値</ColumnHead></Row></Head>
    <Body>{lines.map(({ name, what, value }) => <Row key={name}><RowHead><code>{name}</code></RowHead><Cell label="意味">{what}</Cell><Cell label="値">{value}</Cell></Row>)}</Body>
  </Table>
)
