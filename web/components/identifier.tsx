import type { Site } from '../site.ts';

const REQUIRED_LINKS = [
  { label: 'About DHS', href: 'https://www.dhs.gov/about-dhs' },
  { label: 'Accessibility', href: 'https://www.dhs.gov/accessibility' },
  { label: 'FOIA requests', href: 'https://www.dhs.gov/foia' },
  { label: 'No FEAR Act data', href: 'https://www.dhs.gov/no-fear-act' },
  { label: 'Office of the Inspector General', href: 'https://www.oig.dhs.gov/' },
  { label: 'Performance reports', href: 'https://www.dhs.gov/performance-financial-reports' },
  { label: 'Privacy policy', href: 'https://www.dhs.gov/privacy-policy' },
  { label: 'Budget and performance', href: 'https://www.dhs.gov/dhs-budget' },
];

/** The agency identifier that ends every page. */
export const Identifier = ({ site }: { site: Site }) => (
  <footer class="usa-identifier">
    <section class="usa-identifier__section usa-identifier__section--masthead" aria-label="Agency identifier">
      <div class="wrap">
        <div class="usa-identifier__identity">
          <p class="usa-identifier__identity-domain">{site.domain}</p>
          <p class="usa-identifier__identity-disclaimer">
            An official website of the <a href="https://www.dhs.gov/">Department of Homeland Security</a>
          </p>
        </div>
      </div>
    </section>
    <nav class="usa-identifier__section usa-identifier__section--required-links" aria-label="Important links">
      <div class="wrap">
        <ul class="usa-identifier__required-links-list">
          {REQUIRED_LINKS.map((link) => (
            <li class="usa-identifier__required-links-item">
              <a class="usa-identifier__required-link usa-link" href={link.href}>
                {link.label}
              </a>
            </li>
          ))}
        </ul>
      </div>
    </nav>
    <section
      class="usa-identifier__section usa-identifier__section--usagov"
      aria-label="U.S. government information and services"
    >
      <div class="wrap">
        <span class="usa-identifier__usagov-description">Looking for U.S. government information and services?</span>{' '}
        <a class="usa-link" href="https://www.usa.gov/">
          Visit USA.gov
        </a>
      </div>
    </section>
  </footer>
);
