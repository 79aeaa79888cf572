export { countBasket, getBasket, putInBasket, removeFromBasket } from './basket.ts';
export * from './ports.ts';
