/** Adam's rates of decay of the two moments, as in the paper (Kingma and Ba, ICLR 2015) and in Keras. */
export const adamBetas = { first: 0.9, second: 0.999 };
