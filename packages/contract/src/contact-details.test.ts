import { expect, it } from 'vitest';
import { contactIn, findContact } from './contact-details.ts';

it.each([
  ['mail me at nora@x.example', 'email'],
  ['nora (at) shop.example.org', 'email'],
  ['see https://other.example/cheaper', 'link'],
  ['www.other.example', 'link'],
  ['wa.me/351912345678', 'link'],
  ['write to @nora_pots', 'handle'],
  ['call +351 912 345 678', 'phone'],
  ['0049 (30) 1234-5678', 'phone'],
  ['020 7946 0958', 'phone'],
])('%j contains %s', (text, found) => {
  expect(contactIn(text)).toBe(found);
});

it.each([
  '',
  'Arrived on 29.11.2026, two days early.',
  'From 2026-11-20 to 2026-11-29.',
  'Cost 1,250.00 and worth it.',
  '5 of 5, 10/10!',
  'Order 3064 was perfect.',
  'Twelve bowls @ 12 each',
  'Great, thanks a lot',
])('%j contains no contact details', (text) => {
  expect(contactIn(text)).toBeNull();
});

it('a lower threshold takes what is less sure, and a higher one less', () => {
  const text = 'It is 912 345 678.';
  expect([contactIn(text, 20), contactIn(text), contactIn('nora@x.example', 100)]).toEqual(['phone', null, null]);
  expect(findContact('Great, thanks a lot')).toBeNull();
});

it('signs of other scripts and invisible ones are read as what they look like', () => {
  expect(contactIn('nora＠x.example')).toBe('email');
  expect(contactIn('call +35\u200b1 912 345\u200b 678')).toBe('phone');
  expect(contactIn('call +３５１ ９１２ ３４５ ６７８')).toBe('phone');
});

it('a link to our own pages is none; one that only begins like it is', () => {
  expect(contactIn('see https://shop.example/listings/7', 50, 'shop.example')).toBeNull();
  expect(contactIn('see https://shop.example.evil.com/x', 50, 'shop.example')).toBe('link');
});
