declare module 'wawoff2' {
  /** A woff2 file as the TrueType file that it packs. */
  export function decompress(woff2: Uint8Array): Promise<Uint8Array>;
}

declare module 'bidi-js' {
  /** Unicode's bidirectional algorithm. */
  export default function bidi(): {
    /** The level of each UTF-16 unit: odd ones run from right to left. */
    getEmbeddingLevels(text: string): { levels: Uint8Array };
  };
}
