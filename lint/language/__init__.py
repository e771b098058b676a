"""What is known of words, whatever notes say with them: the lexicon, stems, forms, spellings, how alike two words are."""
