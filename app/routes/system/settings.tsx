import { useLoaderData, type MetaFunction } from '@remix-run/react'
import { settingLines } from '../../domain/effective-settings'
import { guardLoader } from '../../http/guard.server'
import { fullInstant } from '../../ui/format'
import { Page, PageHead } from '../../ui/page-head'
import { SettingTable } from '../../ui/setting-table'

export const meta: MetaFunction = () => [{ title: '設定｜守秘' }]

/** The settings in force, without secrets. */
export const loader = guardLoader({ act: 'runSystem' }, async ({ context: { settings, library, now } }) => ({ at: now, lines: settingLines(settings, library.words) }))

export default function SystemSettings() {
  const { at, lines } = useLoaderData<typeof loader>()
  return (
    <Page>
      <PageHead back={{ to: '/system', label: 'しくみの状態' }} title="設定" lead="大文字の設定は環境変数で、ほかの設定は自社のフォルダ(CONTENT_DIR)の operator.yaml で決めます。書いていないものは、標準のままです。変えるには、書き換えて起動し直してください。合言葉は表示しません。" asOf={`${fullInstant(at)} 現在`} />
      <SettingTable lines={lines} />
    </Page>
  )
}
