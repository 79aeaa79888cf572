import { expect, it } from 'vitest';
import { htmlToText } from './html-to-text.ts';

it.each([
  ['<p>Even &amp; sound</p><p>Heavy<br/>too</p>', 'Even & sound\n\nHeavy\ntoo'],
  ['<ul><li>28 cm</li><li>Ash glaze</li></ul>', '• 28 cm\n• Ash glaze'],
  ['<h2>Bowl</h2>Deep <a href="https://kiln.example">blue</a>', 'Bowl\n\nDeep blue'],
  ['<script>alert(1)</script><style>p{}</style>Fine', 'Fine'],
  ['It&#39;s late &nbsp;&euro;5', "It's late \u00a0€5"],
  ['<img src="x" onerror="alert(1)" alt="x">Fine', 'Fine'],
  ['5 < 6 & 7 > 3', '5 < 6 & 7 > 3'],
  ['one\ntwo', 'one\ntwo'],
  ['<p>one\ntwo</p>', 'one\ntwo'],
  ['', ''],
])('%j is the text %j', (html, text) => expect(htmlToText(html)).toBe(text));
