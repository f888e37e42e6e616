/** Why somebody is away, as little as is needed to stop the clock (domain.md A01). */
export const LEAVE_REASONS = { leave: '休職', parental: '育児休業', family: '介護休業', sick: '病気による休み', other: 'その他の休み' } as const
export type LeaveReason = keyof typeof LEAVE_REASONS
