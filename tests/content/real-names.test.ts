import { describe, expect, it } from 'vitest'
import { readFolder } from '../../app/content/read-folder.server'
import { nameFinder } from '../../app/content/real-names'

const { realNamesIn } = readFolder('content', undefined, { trustSeals: true })

describe('names of real companies', () => {
  it.each([
    ['NTT西日本の担当者', 'NTT'], ['ＮＴＴ', 'NTT'], ['エヌ・ティ・ティの人', 'エヌ・ティ・ティ'], ['エヌティティ', 'エヌ・ティ・ティ'], ['ﾄﾞｺﾓの店', 'ドコモ'], ['Docomo', 'docomo'],
    ['auの店', 'au'], ['LINEで送る', 'LINE'], ['ソフト バンク', 'ソフトバンク'], ['楽天モバイル', '楽天モバイル'], ['chatgptに貼る', 'ChatGPT'], ['グーグルで', 'グーグル'], ['Y!mobile', 'Y!mobile'],
  ])('finds %s', (text, name) => {
    expect(realNamesIn(text)).toContain(name)
  })

  it.each(['ガイドライン', 'オンラインの研修', 'on line', 'the line', '光通信の回線', '楽天的な人', 'ズームする', 'メタデータ', 'パーソナルデータ', 'Please pause', 'auto', 'チームズ', 'ヤフーズ', 'アップルパイ', 'インスタント', 'サンプル通信株式会社', '必ずするスラックス'])('leaves %s alone', (text) => {
    expect(realNamesIn(text)).toEqual([])
  })

  it('does not hold the operator back from its own name', () => {
    const finder = nameFinder([{ kind: '会社', names: ['さくら電話 / サクラ', 'うめ電話'] }], 'さくら電話株式会社')
    expect(finder('さくら電話とうめ電話')).toEqual(['うめ電話'])
    expect(finder('サクラ')).toEqual(['サクラ'])
  })
})
