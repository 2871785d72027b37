import type { FC, PropsWithChildren } from 'hono/jsx';
import { html } from 'hono/html';
import type { Account } from './accounts.ts';

const Page: FC<PropsWithChildren<{ title: string }>> = ({ title, children }) => (
  <>
    {html`<!doctype html>`}
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>{title}</title>
        <link rel="stylesheet" href="/local.css" />
      </head>
      <body class="sheet">
        <header class="bar">
          <strong>Training desk, local</strong>
          <span class="badge">No real identity provider</span>
        </header>
        <main class="narrow">{children}</main>
      </body>
    </html>
  </>
);

const ROLE_WORDS: Record<Account['role'], string> = {
  staff: 'Staff: everything',
  trainer: 'Trainer: the events they are assigned to',
};

/** Chooses who signs in: stands where an agency's identity provider asks for a card and a PIN. */
export const IdentityPage: FC<{ accounts: readonly Account[] }> = ({ accounts }) => (
  <Page title="Who signs in? Local identity provider">
    <h1>Who signs in?</h1>
    <p>These people are invented. On a real system your agency’s identity provider asks for your card here.</p>
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
  </Page>
);

/** For an address of ours that nobody was sent to, or that is used up. */
export const LostPage: FC<{ site: string }> = ({ site }) => (
  <Page title="This sign-in is over. Local identity provider">
    <h1>This sign-in is over</h1>
    <p>
      It was used, or it began before the last restart. <a href={site}>Go to the site</a> and sign in from there.
    </p>
  </Page>
);
