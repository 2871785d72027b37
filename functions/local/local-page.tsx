import { html } from 'hono/html';
import type { FC, PropsWithChildren } from 'hono/jsx';

interface LocalPageProps {
  readonly title: string;
  /** What nobody should take this page for. */
  readonly badge: string;
  readonly site?: string;
  readonly class?: string;
  /** The id and words of the skip link; left out on a page with nothing to skip. */
  readonly skip?: { readonly to: string; readonly words: string };
}

/** The black bar and the frame of everything that is only there on this machine, so that nobody takes it for the product. */
export const LocalPage: FC<PropsWithChildren<LocalPageProps>> = ({ title, badge, site, skip, children, ...rest }) => (
  <>
    {html`<!doctype html>`}
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>{title}</title>
        <link rel="icon" href="data:," />
        <link rel="stylesheet" href="/local.css" />
      </head>
      <body class={rest.class}>
        {skip && (
          <a class="skip" href={`#${skip.to}`}>
            {skip.words}
          </a>
        )}
        <header class="bar">
          <strong>Training desk, local</strong>
          <span class="badge">{badge}</span>
          {site && <a href={site}>Open the site</a>}
        </header>
        {children}
      </body>
    </html>
  </>
);
