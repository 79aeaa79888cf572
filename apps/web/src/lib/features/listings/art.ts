import { topCategory } from '@assay/contract';

/** One object of a drawing: a body that takes the glaze, and details in fixed tones. */
export interface Shape {
  body: string;
  /** Drawn over the body: `dark` in the glaze's shade, the others as named. */
  details: { d: string; tone: 'dark' | 'black' | 'white' | 'cream'; opacity?: number; stroke?: number }[];
}

const ellipse = (cx: number, cy: number, rx: number, ry: number) =>
  `M${cx - rx} ${cy}a${rx} ${ry} 0 1 0 ${2 * rx} 0a${rx} ${ry} 0 1 0 ${-2 * rx} 0z`;

const cup: Shape = {
  body: 'M120 236h140v100c0 50-30 84-70 84s-70-34-70-84zM260 262h22c28 0 44 20 44 46s-18 50-48 50h-20l6-22h14c16 0 24-12 24-28s-8-24-22-24h-20z',
  details: [
    { d: ellipse(190, 238, 70, 14), tone: 'dark' },
    { d: 'M120 300h140v10H120z', tone: 'white', opacity: 0.3 },
  ],
};
const vase: Shape = {
  body: 'M168 150h64c0 34-14 44-14 66 0 26 58 52 58 118 0 58-34 86-76 86s-76-28-76-86c0-66 58-92 58-118 0-22-14-32-14-66z',
  details: [{ d: 'M138 300c20 12 104 12 124 0M126 340c26 14 122 14 148 0', tone: 'white', opacity: 0.35, stroke: 3 }],
};
const bowl: Shape = {
  body: 'M92 268h216c0 84-44 128-76 138v14h-64v-14c-32-10-76-54-76-138z',
  details: [
    { d: ellipse(200, 268, 108, 20), tone: 'dark' },
    { d: ellipse(200, 271, 96, 14), tone: 'black', opacity: 0.28 },
  ],
};
const teapot: Shape = {
  body: 'M196 214c6-10 4-24 14-24s8 14 14 24c52 8 80 46 80 98 0 26-8 54-22 74 4 16 0 34-12 34H150c-12 0-18-18-14-34-8-10-14-24-18-40-32-10-40-66-72-90l22-12c34 14 46 50 56 60 12-50 36-84 72-90zM300 250c46-14 74 20 70 60-4 36-34 60-70 66l8-24c22-6 38-22 40-44 2-26-20-42-44-34z',
  details: [],
};
const watch: Shape = {
  body: 'M164 96h72l8 84a98 98 0 0 1 0 144l-8 96h-72l-8-96a98 98 0 0 1 0-144z',
  details: [
    { d: ellipse(200, 252, 86, 86), tone: 'dark' },
    { d: ellipse(200, 252, 79, 79), tone: 'cream' },
    { d: 'M200 252V196M200 252l36 22', tone: 'black', stroke: 6 },
    { d: 'M200 178v10M274 252h-10M200 326v-10M126 252h10', tone: 'black', stroke: 4 },
  ],
};
const book: Shape = {
  body: 'M110 150h166c14 0 22 8 22 22v238H132c-20 0-30-10-30-28V160c0-6 2-10 8-10z',
  details: [
    { d: 'M132 374h166v36H132c-24 0-24-36 0-36z', tone: 'cream' },
    { d: 'M150 200h110M150 222h70', tone: 'white', opacity: 0.65, stroke: 5 },
  ],
};
const lamp: Shape = {
  body: 'M150 130h100l52 118H98zM192 248h16v140h-16zM142 388h116c10 0 18 12 18 28H124c0-16 8-28 18-28z',
  details: [{ d: 'M98 248h204l28 130H70z', tone: 'white', opacity: 0.18 }],
};
const camera: Shape = {
  body: 'M96 216h58l18-30h72l18 30h42c14 0 22 8 22 22v130c0 14-8 22-22 22H96c-14 0-22-8-22-22V238c0-14 8-22 22-22z',
  details: [
    { d: ellipse(200, 302, 66, 66), tone: 'dark' },
    { d: ellipse(200, 302, 48, 48), tone: 'black' },
    { d: ellipse(200, 302, 26, 26), tone: 'dark' },
    { d: ellipse(186, 288, 9, 9), tone: 'white', opacity: 0.7 },
  ],
};
const bag: Shape = {
  body: 'M108 222h184l22 178c2 12-6 20-18 20H104c-12 0-20-8-18-20z',
  details: [
    { d: 'M150 236v-46c0-64 100-64 100 0v46', tone: 'dark', stroke: 12 },
    { d: 'M104 262h192', tone: 'white', opacity: 0.35, stroke: 4 },
    { d: ellipse(200, 292, 12, 12), tone: 'cream' },
  ],
};
const throwBlanket: Shape = {
  body: 'M112 250h176c16 0 26 10 26 26v118c0 16-10 26-26 26H112c-16 0-26-10-26-26V276c0-16 10-26 26-26z',
  details: [
    { d: 'M86 306h228M86 362h228', tone: 'dark', opacity: 0.6, stroke: 4 },
    { d: 'M120 268v36M150 268v36M180 268v36M210 268v36M240 268v36M270 268v36', tone: 'white', opacity: 0.3, stroke: 4 },
  ],
};
const parcel: Shape = {
  body: 'M104 236l96-40 96 40v140l-96 44-96-44z',
  details: [
    { d: 'M104 236l96 42 96-42M200 278v142', tone: 'white', opacity: 0.4, stroke: 4 },
    { d: 'M150 216l98 42v44', tone: 'dark', opacity: 0.7, stroke: 6 },
  ],
};

const OTHER: [Shape] = [parcel];
/** By the widest category. */
const SHAPES: Record<string, [Shape, ...Shape[]]> = {
  ceramics: [cup, vase, bowl, teapot],
  watches: [watch],
  'books-and-paper': [book],
  leather: [bag],
  cameras: [camera],
  textiles: [throwBlanket],
  lamps: [lamp],
};

/** Wall, floor, and the light and the shaded side of the thing. */
const PALETTES = [
  { wall: '#d8cfc2', floor: '#b8aa97', light: '#fbf6ec', shade: '#c9bda8' },
  { wall: '#f3e2d8', floor: '#dfbda9', light: '#cf8163', shade: '#833b25' },
  { wall: '#e3e9ee', floor: '#c0ccd6', light: '#6d86a0', shade: '#2c4358' },
  { wall: '#eaeee2', floor: '#cdd6bd', light: '#9fb08c', shade: '#54694a' },
  { wall: '#f4ecd9', floor: '#e0cfa6', light: '#e1bd76', shade: '#95661c' },
  { wall: '#e2eeec', floor: '#b9d3cf', light: '#8fbab4', shade: '#2f6863' },
  { wall: '#e6e9ea', floor: '#c3cacd', light: '#98a1a8', shade: '#414b54' },
] as const;

/** Words in a title that say which drawing fits. */
const WORDS: [RegExp, Shape][] = [
  [/\b(cup|mug|beaker)s?\b/i, cup],
  [/\b(vase|bottle|jug)s?\b/i, vase],
  [/\b(bowl|plate|dish)(s|es)?\b/i, bowl],
  [/\bteapots?\b/i, teapot],
];

/** The drawing of a listing without a picture: title and category decide what it shows, its id in which glaze. */
export function artFor(id: number, category: string, title: string): { shape: Shape; palette: (typeof PALETTES)[number] } {
  const widest = topCategory(category);
  const shapes = SHAPES[widest] ?? OTHER;
  const palette = PALETTES[(id * 5) % PALETTES.length] ?? PALETTES[0];
  const named = widest === 'ceramics' ? WORDS.find(([pattern]) => pattern.test(title))?.[1] : undefined;
  return { shape: named ?? shapes[id % shapes.length] ?? shapes[0], palette };
}
