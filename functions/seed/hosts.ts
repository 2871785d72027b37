import type { HostRecord } from '../domain/audience.ts';

type SeedHost = Pick<HostRecord, 'agency' | 'class' | 'lists'> & { readonly host: string };

const component = (host: string, agency: string, ...lists: HostRecord['lists']): SeedHost => ({
  host,
  agency,
  class: 'exclusive',
  lists: ['dhs', ...lists],
});
/** Contractors are real, but not employees: a class of their own. */
const contractors = (host: string, agency: string): SeedHost => ({
  host,
  agency: `${agency} contractors`,
  class: 'contractor',
  lists: ['dhs'],
});

/** Exact hosts of DHS, as data that staff change: expect changes, above all between ICE and HSI. */
export const HOSTS: readonly SeedHost[] = [
  component('hq.dhs.gov', 'DHS headquarters'),
  component('fletc.dhs.gov', 'FLETC', 'law-enforcement'),
  component('fema.dhs.gov', 'FEMA'),
  component('hsi.dhs.gov', 'HSI', 'hsi', 'law-enforcement'),
  component('cbp.dhs.gov', 'CBP', 'law-enforcement'),
  component('uscis.dhs.gov', 'USCIS', 'uscis'),
  component('tsa.dhs.gov', 'TSA'),
  component('usss.dhs.gov', 'Secret Service', 'law-enforcement'),
  component('cisa.dhs.gov', 'CISA'),
  component('mail.cisa.dhs.gov', 'CISA'),
  component('oig.dhs.gov', 'DHS Office of Inspector General', 'law-enforcement'),
  component('uscg.mil', 'Coast Guard', 'law-enforcement'),
  component('ice.dhs.gov', 'ICE', 'law-enforcement'),
  contractors('associates.hq.dhs.gov', 'DHS headquarters'),
  contractors('associates.fema.dhs.gov', 'FEMA'),
  contractors('associates.tsa.dhs.gov', 'TSA'),
  contractors('associates.ice.dhs.gov', 'ICE'),
  contractors('associates.cbp.dhs.gov', 'CBP'),
  contractors('associates.uscis.dhs.gov', 'USCIS'),
];
