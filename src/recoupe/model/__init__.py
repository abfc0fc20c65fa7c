"""Plain records: articles, the layers inside one article, and the relations across articles."""
