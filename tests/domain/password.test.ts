import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { faultOfPassword } from '../../app/domain/password'

const own = ['000412', '髙橋 美咲', 'タカハシ ミサキ', 'misaki.takahashi@sample.example', 'サンプル通信株式会社']

describe('a password', () => {
  it.each([
    ['短い', 'passwordShort'], ['𠮷𠮷𠮷𠮷𠮷𠮷𠮷𠮷𠮷', 'passwordShort'], ['あ'.repeat(201), 'passwordLong'],
    ['password2026!', 'passwordCommon'], ['P@ssw0rd1234', 'passwordCommon'], ['ＰＡＳＳＷＯＲＤ１２', 'passwordCommon'], ['qwertyuiop', 'passwordCommon'], ['1qaz2wsx3edc', 'passwordCommon'],
    ['1234567890', 'passwordCommon'], ['20261120100000', 'passwordCommon'], ['aaaaaaaaaaaa', 'passwordCommon'], ['abcabcabcabc', 'passwordCommon'], ['abcdefghij12', 'passwordCommon'],
    ['sakura2026!!', 'passwordCommon'], ['sakurasakura', 'passwordCommon'], ['サクラサクラ2026', 'passwordCommon'], ['あいうえおかきくけこ', 'passwordCommon'], ['basketball', 'passwordCommon'], ['arigatou123', 'passwordCommon'], ['パスワードパスワード', 'passwordCommon'],
    ['000412-abc', 'passwordIsYou'], ['髙橋美咲髙橋美咲', 'passwordShort'], ['たかはしみさき1234', 'passwordIsYou'], ['Takahashi12', 'passwordIsYou'], ['サンプル通信株式会社', 'passwordIsYou'],
  ])('%s is refused as %s', (password, fault) => expect(faultOfPassword(password, own)).toBe(fault))

  it.each(['つばめの-7-とけい', 'correct horse battery', 'xk7 pq2 mn9 vt', '夜の店番は静かだった', '0004129hvqznrw', 'みどりの電車で家に帰る', 'tn5wqy8rkd'])('%s is taken', (password) => expect(faultOfPassword(password, own)).toBeNull())

  it('asks for length only of what nobody guesses', () => {
    const letters = fc.constantFrom(...'あかさたなはまやらわがざだばぱ木火土金水月日山川')
    fc.assert(fc.property(fc.uniqueArray(letters, { minLength: 10, maxLength: 20 }), (parts) => faultOfPassword(parts.join(''), []) === null))
  })

  it('answers the same for whatever way the same characters are typed', () => {
    fc.assert(fc.property(fc.string({ unit: 'grapheme', maxLength: 30 }), (text) => faultOfPassword(text.normalize('NFKC'), own) === faultOfPassword(text, own)))
  })
})
