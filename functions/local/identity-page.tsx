import type { FC } from 'hono/jsx';
import type { Account } from './accounts.ts';
import { LocalPage } from './local-page.tsx';

const BADGE = 'Stands for your agency’s sign-in';

const ROLE_WORDS: Record<Account['role'], string> = {
  staff: 'Staff: everything',
  trainer: 'Trainer: the events they are assigned to',
};

/** Chooses who signs in: stands where an agency's identity provider asks for a card and a PIN. */
export const IdentityPage: FC<{ accounts: readonly Account[] }> = ({ accounts }) => (
  <LocalPage title="Who signs in? Local identity provider" badge={BADGE}>
    <main class="narrow">
      <h1>Who signs in?</h1>
      <p>These people are invented, and there is no password. Participants need no account: they sign in by email.</p>
      <form method="post">
        <ul class="accounts">
          {accounts.map((account) => (
            <li>
              <button type="submit" name="account" value={account.id}>
                <strong>{account.name}</strong>
                <span>{account.email}</span>
                <span class="quiet">{ROLE_WORDS[account.role]}</span>
              </button>
            </li>
          ))}
        </ul>
      </form>
    </main>
  </LocalPage>
);

/** For an address of ours that nobody was sent to, or that is used up. */
export const LostPage: FC<{ site: string }> = ({ site }) => (
  <LocalPage title="This sign-in is over. Local identity provider" badge={BADGE}>
    <main class="narrow">
      <h1>This sign-in is over</h1>
      <p>
        It was used, or it began before the last restart. <a href={site}>Go to the site</a> and sign in from there.
      </p>
    </main>
  </LocalPage>
);
