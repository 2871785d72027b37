import { raw } from 'hono/html';
import type { PropsWithChildren } from 'hono/jsx';
import { Banner } from './banner.tsx';

interface DocumentProps {
  title: string;
  /** The page asks for something to be fixed: its title starts with "Error:". */
  error?: boolean;
  /** The denser pages of staff and trainers. */
  desk?: boolean;
}

/** The document around every page. */
export const Document = ({ title, error, desk, children }: PropsWithChildren<DocumentProps>) => (
  <>
    {raw('<!DOCTYPE html>')}
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>{`${error ? 'Error: ' : ''}${title} | Training desk`}</title>
        <link rel="icon" type="image/svg+xml" href="/assets/favicon.svg" />
        <link rel="stylesheet" href="/assets/site.css" />
      </head>
      <body class={desk ? 'desk' : undefined}>
        <a class="usa-skipnav" href="#main">
          Skip to main content
        </a>
        <Banner />
        {children}
      </body>
    </html>
  </>
);
