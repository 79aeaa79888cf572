// Free of zod: pages load it.

interface Carrier {
  label: string;
  /** Its tracking page, with the number at its end; null where it has none that takes a number. */
  tracking: string | null;
}

/** Carriers that a seller can choose; “other” is any other one. A name never changes: orders hold it. */
export const CARRIERS = {
  'canada-post': { label: 'Canada Post', tracking: 'https://www.canadapost-postescanada.ca/track-reperage/en#/search?searchFor=' },
  'deutsche-post': { label: 'Deutsche Post', tracking: 'https://www.deutschepost.de/de/s/sendungsverfolgung.html?piececode=' },
  dhl: { label: 'DHL', tracking: 'https://www.dhl.com/global-en/home/tracking.html?tracking-id=' },
  dpd: { label: 'DPD', tracking: 'https://tracking.dpd.de/status/en_US/parcel/' },
  fedex: { label: 'FedEx', tracking: 'https://www.fedex.com/fedextrack/?trknbr=' },
  gls: { label: 'GLS', tracking: 'https://gls-group.com/track/' },
  hermes: { label: 'Hermes', tracking: 'https://www.myhermes.de/empfangen/sendungsverfolgung/#' },
  'la-poste': { label: 'La Poste', tracking: 'https://www.laposte.fr/outils/suivre-vos-envois?code=' },
  'royal-mail': { label: 'Royal Mail', tracking: 'https://www.royalmail.com/track-your-item#/tracking-results/' },
  'swiss-post': { label: 'Swiss Post', tracking: 'https://service.post.ch/ekp-web/ui/entry/search/' },
  ups: { label: 'UPS', tracking: 'https://www.ups.com/track?tracknum=' },
  usps: { label: 'USPS', tracking: 'https://tools.usps.com/go/TrackConfirmAction?tLabels=' },
  other: { label: 'Another carrier', tracking: null },
} as const satisfies Record<string, Carrier>;
export type CarrierName = keyof typeof CARRIERS;

/** Where a shipment can be followed; null without a number, and for carriers without such a page. */
export function trackingUrl(carrier: string | null, trackingNumber: string | null): string | null {
  const known: Carrier | undefined = carrier === null ? undefined : CARRIERS[carrier as CarrierName];
  return known?.tracking && trackingNumber ? known.tracking + encodeURIComponent(trackingNumber) : null;
}
