// Free of zod: pages that only show amounts should not have to load a validator.

/** What most listings are in, first in lists to choose from. */
const COMMON = { EUR: 2, USD: 2, GBP: 2, CHF: 2, JPY: 0 } as const;

/** Coins and tokens by their own decimals, of which a price holds eight: ETH and DAI have 18. */
const TOKENS = { BTC: 8, ETH: 8, USDC: 6, USDT: 6, DAI: 8 } as const;

const TWO_DECIMALS =
  'AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CNY COP CRC CUP CVE CZK DKK DOP DZD EGP ERN ETB FJD FKP GEL GHS GIP GMD GTQ GYD HKD HNL HTG HUF IDR ILS INR IRR JMD KES KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD PAB PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TOP TRY TTD TWD TZS UAH UYU UZS VED VES WST XCD XCG YER ZAR ZMW ZWG' as const;
const NO_DECIMALS = 'BIF CLP DJF GNF ISK KMF KRW PYG RWF UGX VND VUV XAF XOF XPF' as const;
const THREE_DECIMALS = 'BHD IQD JOD KWD LYD OMR TND' as const;

type Codes<Text extends string, Found extends string = never> = Text extends `${infer Code} ${infer Rest}`
  ? Codes<Rest, Found | Code>
  : Found | Text;
type OtherCode = Codes<typeof TWO_DECIMALS> | Codes<typeof NO_DECIMALS> | Codes<typeof THREE_DECIMALS>;

const others = [
  ...TWO_DECIMALS.split(' ').map((code) => [code, 2] as const),
  ...NO_DECIMALS.split(' ').map((code) => [code, 0] as const),
  ...THREE_DECIMALS.split(' ').map((code) => [code, 3] as const),
].toSorted(([a], [b]) => (a < b ? -1 : 1));

export type Currency = keyof typeof COMMON | keyof typeof TOKENS | OtherCode;

/** Currencies, and how many decimals an amount in each has: tender of ISO 4217, and tokens. Funds and metals are none. */
export const CURRENCIES: Readonly<Record<Currency, number>> = {
  ...COMMON,
  ...TOKENS,
  ...(Object.fromEntries(others) as Record<OtherCode, number>),
};

/** Digits behind the point that amounts in this currency have; two where it is unknown. */
export const digitsOf = (currency: string): number => (Object.hasOwn(CURRENCIES, currency) ? CURRENCIES[currency as Currency] : 2);

/** Is the currency one of ISO 4217, which is what search engines understand, and not a token? */
export const isIsoCurrency = (code: string): boolean => Object.hasOwn(CURRENCIES, code) && !Object.hasOwn(TOKENS, code);

/** The codes of tokens, for sentences. */
export const TOKEN_CODES = Object.keys(TOKENS);
