export const COMPOSER_ID = 'question';
