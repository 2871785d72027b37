import { Icon } from './icon.tsx';

/** The government banner of USWDS with `details`, so that it opens with scripts off. */
export const Banner = () => (
  <section class="banner" aria-label="Official website of the United States government">
    <details class="wrap">
      <summary>
        <img class="banner-flag" src="/assets/img/us_flag_small.png" width="16" height="11" alt="" />
        <span>An official website of the United States government</span>{' '}
        <span class="banner-action">
          <span class="linklike">Here’s how you know</span> <Icon name="expand" size={16} />
        </span>
      </summary>
      <div class="banner-body">
        <div>
          <img src="/assets/img/icon-dot-gov.svg" width="40" height="40" alt="" />
          <p>
            <strong>Official websites use .gov</strong>
            <br />A <strong>.gov</strong> website belongs to an official government organization in the United States.
          </p>
        </div>
        <div>
          <img src="/assets/img/icon-https.svg" width="40" height="40" alt="" />
          <p>
            <strong>Secure .gov websites use HTTPS</strong>
            <br />A lock or <strong>https://</strong> means you’ve safely connected to the .gov website. Share sensitive
            information only on official, secure websites.
          </p>
        </div>
      </div>
    </details>
  </section>
);
