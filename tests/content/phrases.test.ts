import fc from 'fast-check'
import { expect, it } from 'vitest'
import { withPhrases } from '../../app/content/phrases'

const ruby = (base: string, reading: string) => `<ruby>${base}<rp>(</rp><rt>${reading}</rt><rp>)</rp></ruby>`
const shown = (html: string) => withPhrases(html).replace(/<rp>.*?<\/rp>|<rt>.*?<\/rt>|<\/?ruby>/g, '').replaceAll('<wbr>', '|')

it('lets a line break where a word begins, and not inside one', () => {
  expect(shown(`「${ruby('電話番号', 'でんわばんごう')}は${ruby('名刺', 'めいし')}にも${ruby('載', 'の')}っている。だから、だれがその${ruby('番号', 'ばんごう')}にかけたか」`)).toBe('「電話番号は|名刺にも|載っている。|だから、|だれがその|番号にかけたか」')
  expect(shown(`この${ruby('紙', 'かみ')}をお${ruby('客', 'きゃく')}さまに${ruby('渡', 'わた')}す`)).toBe('この|紙を|お客さまに|渡す')
  expect(shown(`おわりの${ruby('日', 'ひ')}`)).toBe('おわりの|日')
})

it('leaves texts without readings to the browser, and loses no character', () => {
  expect(withPhrases('通信の秘密を守る')).toBe('通信の秘密を守る')
  const part = fc.oneof(fc.constantFrom(ruby('通信', 'つうしん'), ruby('客', 'きゃく'), '<strong>', '</strong>', '<br>', '&amp;', '&lt;'), fc.string({ unit: fc.constantFrom('お', 'の', 'っ', '。', '、', '「', '」', 'A', '1', 'メ') }))
  fc.assert(fc.property(fc.array(part).map((parts) => parts.join('')), (html) => withPhrases(html).replaceAll('<wbr>', '') === html))
})
