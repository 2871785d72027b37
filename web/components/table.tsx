import type { Child } from 'hono/jsx';

/** A column of a table: its head and its cells. */
export interface Column<Row> {
  readonly head: string;
  /** The head is for assistive technology alone. */
  readonly hidden?: boolean;
  /** Numbers stand to the right, in figures of one width. */
  readonly number?: boolean;
  readonly narrow?: boolean;
  /** Where rows are stacked and heads are out of sight, its head stands before the cell: "Answer by: Fri, February 5". */
  readonly labelled?: boolean;
  readonly cell: (row: Row) => Child;
}

interface TableProps<Row> {
  /** Said by assistive technology; the heading above says it to the eye. */
  caption: string;
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  look?: 'table' | 'times' | 'table desk-table' | 'table desk-table picks' | 'table desk-table sheet';
  /** A row of its own below a row, over all columns. */
  below?: (row: Row) => Child;
  rowClass?: (row: Row) => string | undefined;
}

/** A table whose rows stack on phones; `display: block` drops the roles of a table, so they are in the markup. */
export const DataTable = <Row,>({ caption, columns, rows, look = 'table', below, rowClass }: TableProps<Row>) => (
  <table class={`${look} stacked`} role="table">
    <caption class="usa-sr-only">{caption}</caption>
    <thead role="rowgroup">
      <tr role="row">
        {columns.map((column) => (
          <th scope="col" role="columnheader" class={column.number ? 'number' : undefined}>
            {column.hidden ? <span class="usa-sr-only">{column.head}</span> : column.head}
          </th>
        ))}
      </tr>
    </thead>
    <tbody role="rowgroup">
      {rows.map((row) => {
        const more = below?.(row);
        return (
          <>
            <tr role="row" class={rowClass?.(row)}>
              {columns.map((column) => (
                <td
                  role="cell"
                  class={
                    [column.number ? 'number' : '', column.narrow ? 'nowrap' : ''].filter(Boolean).join(' ') ||
                    undefined
                  }
                >
                  {column.labelled ? (
                    <span class="phone-only quiet" aria-hidden="true">
                      {column.head}:{' '}
                    </span>
                  ) : null}
                  {column.cell(row)}
                </td>
              ))}
            </tr>
            {more ? (
              <tr role="row" class="row-below">
                <td role="cell" colspan={columns.length}>
                  {more}
                </td>
              </tr>
            ) : null}
          </>
        );
      })}
    </tbody>
  </table>
);
