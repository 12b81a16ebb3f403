// A chunk of its own: it is most of our JavaScript, and the page is readable before it is here.
export { Centrifuge } from 'centrifuge';
