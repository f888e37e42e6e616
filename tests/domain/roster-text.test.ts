import fc from 'fast-check'
import iconv from 'iconv-lite'
import { readFiles } from '../../app/domain/roster-files'
import { describe, expect, it } from 'vitest'
import { csvLine, parseTable, type Row } from '../../app/domain/csv'
import { decodeText, encodeText, unwritableInCp932 } from '../../app/domain/encoding'
import { ITAIJI } from '../../app/domain/itaiji'
import { holdsMyNumber, isMyNumber } from '../../app/domain/my-number'
import { damaged, foldName, namesMatch, searchTokensOf, sortKeyOf } from '../../app/domain/name'

describe('names', () => {
  it('fold width, kana, glyphs, blanks and variation selectors', () => {
    for (const [a, b] of [['髙橋', '高橋'], ['山﨑', '山崎'], ['渡邊', '渡邉'], ['渡邉', '渡辺'], ['齋藤', '斎藤'], ['齊藤', '斉藤'], ['𠮷田', '吉田'], ['濵田', '濱田'], ['濱田', '浜田'], ['𣘺本', '橋本'], ['葛󠄀城', '葛城'], ['ｻﾄｳ ﾀｹﾙ', 'さとう　たける'], ['Park Min-ji', 'ＰＡＲＫ　ＭＩＮＪＩ'], ['マリア・サントス', 'マリア サントス'], ['神田', '神田']] as const)
      expect(namesMatch(a, b), `${a} = ${b}`).toBe(true)
    for (const [a, b] of [['山崎', '山埼'], ['坂本', '阪本'], ['はは', 'ぱぱ'], ['佐藤 健', '佐藤 武'], ['', '']] as const) expect(namesMatch(a, b), `${a} ≠ ${b}`).toBe(false)
  })

  it('fold to something that folds to itself', () => {
    const pieces = fc.string({ unit: fc.constantFrom('か', 'カ', 'ｶ', '゛', 'ﾞ', '\u3099', ' ', '・', 'İ', 'I', '\u0307', 'a', '\u0301', '\u00AD', '髙') })
    fc.assert(fc.property(fc.oneof(fc.string({ unit: 'grapheme' }), pieces), (name) => foldName(foldName(name)) === foldName(name)))
    expect(namesMatch('か゛', 'ガ')).toBe(true)
    for (const [variant, kept] of ITAIJI) expect([foldName(variant), foldName(kept)], variant).toEqual([kept, kept])
  })

  it('notice lost characters, and only these', () => {
    for (const [stored, given] of [['髙橋', '?橋'], ['𠮷田', '??田'], ['𠮷田', '〓田'], ['葛󠄀城 蓮', '葛?城 蓮'], ['葛󠄀城 蓮', '葛??城 蓮'], ['濵﨑', '〓〓'], ['草彅', '草？']] as const) expect(damaged(stored, given), given).toBe(true)
    for (const [stored, given] of [['髙橋', '高橋'], ['髙橋', '?本'], ['髙橋', '髙橋'], ['佐藤?', '佐藤?'], ['A.B', 'AxB'], ['佐藤', '佐藤 健?']] as const) expect(damaged(stored, given), given).toBe(false)
  })

  it('are found by beginnings of whole name, given name, kana and number', () => {
    const tokens = searchTokensOf({ number: 'M-0007', name: '髙橋 美咲', kana: 'タカハシ ミサキ' })
    for (const typed of ['高橋', '高橋美', '美咲', 'たかはし', 'ミサ', 'm-0007', 'M0007']) expect(tokens.some((token) => token.startsWith(foldName(typed))), typed).toBe(true)
    expect(searchTokensOf({ number: '1', name: 'マドンナ', kana: '' })).toEqual(['マドンナ', '1'])
    expect(sortKeyOf({ name: '髙橋', kana: '' })).toBe('高橋')
    expect(sortKeyOf({ name: '髙橋', kana: 'たかはし' })).toBe('タカハシ')
  })
})

describe('個人番号', () => {
  const digit = (eleven: string) => [...'0123456789'].find((last) => isMyNumber(eleven + last))!
  it('are told by their check digit, of which each number has exactly one', () => {
    fc.assert(fc.property(fc.stringMatching(/^\d{11}$/), (eleven) => [...'0123456789'].filter((last) => isMyNumber(eleven + last)).length === 1))
    expect(isMyNumber('123456789018')).toBe(true)
    expect(isMyNumber('123456789012')).toBe(false)
  })

  it('are found with blanks, hyphens and full-width digits, and not inside longer numbers', () => {
    const number = `98765432101${digit('98765432101')}`
    const wide = [...number].map((one) => String.fromCharCode(one.charCodeAt(0) + 0xfee0)).join('')
    for (const text of [number, wide, number.replace(/(\d{4})(?=\d)/g, '$1 '), number.replace(/(\d{4})(?=\d)/g, '$1-'), number.replace(/(\d{4})(?=\d)/g, '$1－'), `山田 ${number}`, `x${number}@example.jp`, `山 03 ${number}`, `山 TEL03-${number}`, `${number} 03`, `03-${number.slice(0, 4)} - ${number.slice(4)}`]) expect(holdsMyNumber(text), text).toBe(true)
    for (const text of [`1${number}`, `${number}1`, '2026-11-20', '090-1234-5678', number.slice(1)]) expect(holdsMyNumber(text), text).toBe(false)
  })

  it('are found whatever signs stand between their groups, up to five, and letters part them', () => {
    const number = fc.stringMatching(/^\d{11}$/).map((eleven) => eleven + digit(eleven))
    const gap = fc.string({ unit: fc.constantFrom(...'/_、。,:;|~+*#()[]"\'\u3000 \t\n-－ー・.／＿（）→'), minLength: 1, maxLength: 5 })
    fc.assert(fc.property(number, fc.array(fc.tuple(gap, fc.integer({ min: 1, max: 11 })), { maxLength: 4 }), (digits, cuts) => {
      let text = digits
      for (const [sign, at] of [...new Map(cuts.map(([sign, at]) => [at, sign]))].map(([at, sign]) => [sign, at] as const).sort((one, other) => other[1] - one[1])) text = text.slice(0, at) + sign + text.slice(at)
      expect(holdsMyNumber(text), JSON.stringify(text)).toBe(true)
      expect(holdsMyNumber(`${digits.slice(0, 4)}番${digits.slice(4)}`)).toBe(false)
    }))
  })

  it('are told from days and telephone numbers by the check digit, in time that grows with the text', () => {
    for (const text of ['2026/11/20', '2026/11/20 13:31', '03_1234_5678', '(03) 1234-5678', '090/1234/5678', '2026/4/1〜2027/3/31']) expect(holdsMyNumber(text), text).toBe(false)
    const started = performance.now()
    for (const unit of ['1/', '1     ', '12      ', '1、、、、、', '/', '1ー']) expect(holdsMyNumber(unit.repeat(50_000) + 'x')).toBe(holdsMyNumber(unit.repeat(40) + 'x'))
    expect(performance.now() - started).toBeLessThan(10_000)
  })
})

describe('encoding', () => {
  it('is a byte order mark, else strict UTF-8, else CP932', () => {
    const text = '従事者番号,氏名\r\n1,髙橋 﨑山①\r\n'
    expect(decodeText(encodeText(text, 'utf-8'))).toEqual({ text, encoding: 'utf-8' })
    expect(decodeText(new TextEncoder().encode(text))).toEqual({ text, encoding: 'utf-8' })
    expect(decodeText(encodeText(text, 'cp932'))).toEqual({ text, encoding: 'cp932' })
    // 﨑 as NEC wrote it
    expect(decodeText(new Uint8Array([0xed, 0x95]))).toEqual({ text: '﨑', encoding: 'cp932' })
    for (const bytes of [[0xff, 0xfe, 0x41, 0], [0xef, 0xbb, 0xbf, 0xff], [0x81], [0xfd, 0xfe]]) expect(decodeText(new Uint8Array(bytes)), String(bytes)).toBeUndefined()
  })

  it('never writes what CP932 can not write', () => {
    expect(unwritableInCp932('𠮷田 葛󠄀城〜−髙橋﨑')).toEqual(['𠮷', '葛󠄀', '〜', '−'])
    expect(() => encodeText('𠮷', 'cp932')).toThrow(TypeError)
    fc.assert(fc.property(fc.string({ unit: 'grapheme' }), (text) => unwritableInCp932(text).length > 0 || iconv.decode(iconv.encode(text, 'cp932'), 'cp932') === text))
  })
})

describe('CSV', () => {
  const spec = { columns: ['a', 'b', 'c'], required: ['a'] } as const
  const read = (text: string) => {
    const rows: Row[] = []
    return { ...parseTable('roster', text, spec, (row) => void rows.push(row)), rows }
  }
  it('gives back what was written, with the line on which each row begins', () => {
    const cell = fc.string({ unit: 'grapheme' }).filter((text) => read(`a,b\r\nx,${csvLine([text])}\r\n`).bad.length === 0)
    fc.assert(fc.property(fc.array(fc.tuple(cell, cell), { minLength: 1 }), (rows) => {
      const table = read(['a,b', ...rows.map(([x, y]) => csvLine([`1${x}`, y]))].join('\r\n'))
      expect(table.rows).toEqual(rows.map(([x, y], at) => ({ line: at + 2, cells: { a: `1${x}`, b: y } })))
    }))
    expect(read('b,a\n"x, ""y""",1\n\n,,\n2,3\n').rows).toEqual([{ line: 2, cells: { b: 'x, "y"', a: '1' } }, { line: 5, cells: { b: '2', a: '3' } }])
  })

  it('names every fault of headers and cells at once', () => {
    const reasons = (text: string) => read(text).bad.map(({ line, column, value, reason }) => [line, column, value, reason])
    expect(reasons('b,b,x\n1,2,3')).toEqual([[1, 'b', 'b', 'duplicateHeader'], [1, 'x', 'x', 'unknownHeader'], [1, 'a', '', 'missingHeader']])
    expect(reasons('a,b\n=1,@x\n+1,-1\n1\n1,2,3\n1,\uFFFD\n"1\n2",3')).toEqual([
      [2, 'a', '=1', 'formula'], [2, 'b', '@x', 'formula'], [3, 'a', '+1', 'formula'], [3, 'b', '-1', 'formula'], [4, '', '1', 'columnCount'], [5, '', '3', 'columnCount'], [6, 'b', '\uFFFD', 'lostCharacter'], [7, 'a', '1\n2', 'control'],
    ])
    expect(reasons('a,b\n"\t1", =2')).toEqual([[2, 'a', '\t1', 'formula'], [2, 'b', ' =2', 'formula']])
    for (const cell of ['＝1+1', '＋1', '－1', '＠SUM(A1)', '−1', '\u200B=1', '\u00A0@x', '\u3000＝1', '\u202E\u2060=1', '\uFEFF-1']) expect(reasons(`a,b\n1,${cell}`), cell).toEqual([[2, 'b', cell, 'formula']])
    for (const cell of ['\u3000名', 'ー', '―1', '1=1', 'a@b.example']) expect(reasons(`a,b\n1,${cell}`), cell).toEqual([])
    expect(reasons('a,b\n1,x"y')).toEqual([[2, '', '', 'brokenQuotes']])
    expect(reasons('a,b\n1,"y')[0]?.[3]).toBe('brokenQuotes')
    expect(reasons('')).toEqual([[0, '', '', 'empty']])
    expect(reasons('a,b\n')).toEqual([[0, '', '', 'empty']])
  })

  it('shows no 個人番号, wherever it stands, and says that there was one', () => {
    for (const text of ['a,b\n1,123456789018', 'a,b\n1,1234-5678-9018', 'a,b\n1,2,123456789018', 'a,123456789018\n1,2', 'a,b\n1,"123456789018']) {
      const table = read(text)
      expect(table.holdsMyNumber, text).toBe(true)
      expect(JSON.stringify(table).replace(/[^0-9]/g, ''), text).not.toContain('123456789018')
    }
  })
})

describe('a file of another kind', () => {
  it('is named as what it is, also where its bytes would pass for text', () => {
    const reasons = (bytes: Uint8Array) => readFiles({ roster: bytes }).bad.map(({ reason, hint }) => `${reason} ${hint}`.trim())
    expect(reasons(new TextEncoder().encode('%PDF-1.7\n1 0 obj'))).toEqual(['notCsv PDF'])
    expect(reasons(new Uint8Array([0x50, 0x4b, 3, 4, 20, 0]))).toEqual(['notCsv Excelのブック(xlsx)か、ZIP'])
    expect(reasons(new Uint8Array([0xd0, 0xcf, 0x11, 0xe0, 0xa1]))).toEqual(['notCsv 古い形のExcelのブック(xls)'])
    expect(reasons(new Uint8Array([0x89, 0x50, 0x4e, 0x47, 13]))).toEqual(['notCsv 画像'])
    expect(reasons(new Uint8Array([0xff, 0xfe, 0x41, 0]))).toEqual(['unreadable'])
    expect(reasons(new Uint8Array())).toEqual(['empty'])
  })
})
