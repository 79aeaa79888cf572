declare module 'bidi-js' {
  /** Unicode's bidirectional algorithm. */
  export default function bidi(): {
    /** The level of each UTF-16 unit: odd ones run from right to left. */
    getEmbeddingLevels(text: string): { levels: Uint8Array };
  };
}
