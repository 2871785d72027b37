import { counted } from '../words/when.ts';

/** What a list of people leaves out since it can't be read: whoever counts heads must know. */
export const LeftOut = ({ count }: { count: number }) =>
  count === 0 ? null : (
    <p class="note note-soon" role="status">
      <span>
        {counted(count, 'registration')} can’t be read and {count === 1 ? 'is' : 'are'} not in this list. The check on
        the desk’s page Today names {count === 1 ? 'it' : 'each'}.
      </span>
    </p>
  );
