import type { PostState } from '../domain/mail'

/** When a mail that was asked for will be there. */
export const MAIL_COMES: Record<PostState, string> = {
  open: '数分のうちに届きます。',
  closed: 'メールの送信がまだ設定されていないため、設定されるまで届きません。',
  fictional: 'デモの会社の宛先は架空なので(.example)、メールは送りません。',
}
