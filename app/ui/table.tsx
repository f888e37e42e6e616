import type { ComponentPropsWithoutRef as Props } from 'react'

/**
 * A table that folds into blocks on a phone. A changed `display` can take the table away from a screen reader, so every part
 * says its role (WCAG 1.3.1); that is why no screen writes `rows stack` itself.
 */
export const Table = ({ className, ...rest }: Props<'table'>) => <table className={className ? `rows stack ${className}` : 'rows stack'} role="table" {...rest} />

export const Head = (rest: Props<'thead'>) => <thead role="rowgroup" {...rest} />

export const Body = (rest: Props<'tbody'>) => <tbody role="rowgroup" {...rest} />

export const Row = (rest: Props<'tr'>) => <tr role="row" {...rest} />

export const ColumnHead = (rest: Props<'th'>) => <th scope="col" role="columnheader" {...rest} />

/** Names its row, or with `group` all rows below it. */
export const RowHead = ({ group = false, ...rest }: Props<'th'> & { group?: boolean }) => <th scope={group ? 'rowgroup' : 'row'} role="rowheader" {...rest} />

/** A value; on a phone its label stands before it. */
export const Cell = ({ label, ...rest }: Props<'td'> & { label?: string }) => <td role="cell" data-l={label} {...rest} />
