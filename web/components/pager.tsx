import { grouped } from '../words/when.ts';

/** Where a page of a list stands. Cursors only go forward; the first page is always one press away. */
export interface Page {
  /** The first row's number, 1 for the first. */
  readonly from: number;
  readonly to: number;
  readonly total: number | null;
  readonly first: boolean;
  /** Null on the last page. */
  readonly nextCursor: string | null;
}

/** Buttons of the search form above, so that what was typed stays out of the address. */
export const Pager = ({ page, form, what }: { page: Page; form: string; what: string }) => (
  <div class="pager">
    <p>
      {page.to < page.from ? `No ${what}` : `${grouped(page.from)} to ${grouped(page.to)}`}
      {page.total === null || page.to < page.from ? '' : ` of ${grouped(page.total)}`}
    </p>
    {page.first ? null : (
      <button class="usa-button usa-button--outline" type="submit" form={form} name="cursor" value="">
        Back to the first
      </button>
    )}
    {page.nextCursor === null ? null : (
      <button class="usa-button usa-button--outline" type="submit" form={form} name="cursor" value={page.nextCursor}>
        Show the next
      </button>
    )}
  </div>
);
