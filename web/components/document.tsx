import { raw } from 'hono/html';
import type { PropsWithChildren } from 'hono/jsx';
import { Banner } from './banner.tsx';

/** The document around every page. A title starts with "Error:" where the page asks for something to be fixed. */
export const Document = ({ title, error, children }: PropsWithChildren<{ title: string; error?: boolean }>) => (
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
      <body>
        <a class="usa-skipnav" href="#main">
          Skip to main content
        </a>
        <Banner />
        {children}
      </body>
    </html>
  </>
);
