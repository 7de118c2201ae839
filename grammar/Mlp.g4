// The `.mlp` language, edition 1.
//
// The parser does not read the lexer's tokens directly. A layout filter (compiler/syntax/layout.cpp) stands between
// them: it drops the newlines that end nothing, tells block braces from set braces, and turns a NAME into a keyword
// where its place makes it one. So keywords stay free as names, and the rules below need no look-ahead.
grammar Mlp;

tokens {
    EDITION, IMPORT, PARAM, SEED, SEEDS, DATA, CHECK, SPLIT, PIPELINE, NETWORK, SOURCE, MODEL, SEARCH, OBJECTIVE,
    COMPARE, FIT, EVALUATE, REPORT, SAVE, ALLOW,
    VARY, OVER, ON, BECAUSE, WITH, LOG, STEP, MATCHES, ELSE, EACH,
    MATCHING, ORDERED, MANUAL,
    IGNORE, OTHERS, POSITIVE, KNOWN, AFTER, THEN, REPEAT, TRAIN, WORD, NEXT, WITHIN,
    LBLOCK, RBLOCK, LSET, RSET, DOTDOT_OPEN, ERROR
}

// --- declarations; the filter ends every one with NEWLINE
file : declaration* EOF ;

declaration
    : ( edition | importFile | param | seeds | data | check | split | pipeline | network | source | model | search
      | objective | compare | fit | evaluate | report | save | allow
      ) NEWLINE
    ;

edition    : EDITION expr ;
importFile : IMPORT STRING ;
param      : PARAM binding ;
seeds      : ( SEED | SEEDS ) expr ( VARY names )? ;
data       : DATA binding schemaBlock? ;
check      : CHECK subject ruleBlock ;
split      : SPLIT subject splitBlock ;
pipeline   : PIPELINE subject branchBlock ;
network    : NETWORK subject networkBlock ;
source     : SOURCE binding clauseBlock? ;
model      : MODEL binding ;
search     : SEARCH searchHead clauseBlock? ;
objective  : OBJECTIVE name LPAREN arguments? RPAREN ASSIGN expr ;
compare    : COMPARE names ;
fit        : FIT name ASSIGN expr ON expr ;
evaluate   : EVALUATE subject clauseBlock? ;
report     : REPORT STRING ;
save       : SAVE name STRING ;
allow      : ALLOW name BECAUSE STRING ;

binding    : name ASSIGN expr ;
subject    : name ;
searchHead : name OVER names ;

// --- blocks; the filter ends every line with NEWLINE
schemaBlock  : LBLOCK schemaLine* RBLOCK ;
schemaLine   : ( IGNORE ignored | columns COLON type modifier* ) NEWLINE ;
ignored      : MATCHING STRING | names ;
columns      : MATCHING STRING | OTHERS | names ;
type         : name ( LPAREN arguments? RPAREN )? ;
modifier     : WITHIN expr | POSITIVE expr | KNOWN AFTER name | name ;

ruleBlock    : LBLOCK ruleLine* RBLOCK ;
ruleLine     : expr ( ELSE name )? NEWLINE ;

splitBlock   : LBLOCK splitLine* RBLOCK ;
splitLine    : WORD ( expr ( NEXT expr )* )? NEWLINE ;

branchBlock  : LBLOCK branchLine* RBLOCK ;
branchLine   : ( THEN | selector ) ARROW expr NEWLINE ;
selector     : name | MATCHING STRING | LSET arguments? RSET ;

networkBlock : LBLOCK networkLine* RBLOCK ;
networkLine  : ( REPEAT blockHead EACH? networkBlock | TRAIN blockHead clauseBlock? | expr ) NEWLINE ;
blockHead    : expr ;

clauseBlock  : LBLOCK clauseLine* RBLOCK ;
clauseLine   : WORD+ ( IN? expr ( COMMA expr )* )? ( ON expr )? NEWLINE ;

// --- expressions, the tightest first; `op` tells the tree builder which alternative it has
expr
    : LPAREN expr RPAREN
    | ORDERED? LSET arguments? RSET
    | LBRACKET arguments? RBRACKET
    | MANUAL LBRACKET arguments? RBRACKET
    | MATCHING STRING
    | name ( LPAREN arguments? RPAREN )?
    | ( INTEGER | REAL | PERCENT | QUANTITY | DATE | STRING | TRUE | FALSE | NONE | ERROR )
    | expr op=DOT name
    | <assoc=right> expr op=CARET expr
    | op=MINUS expr
    | expr op=( STAR | SLASH | REMAINDER ) expr
    | expr op=( PLUS | MINUS ) expr
    | expr op=DOTDOT expr
    | expr op=DOTDOT_OPEN
    | op=DOTDOT expr
    | expr op=LOG
    | expr op=STEP expr
    | expr op=( EQUAL | NOT_EQUAL | LESS | LESS_EQUAL | GREATER | GREATER_EQUAL | IN | MATCHES ) expr
    | op=NOT expr
    | expr op=AND expr
    | expr op=OR expr
    | expr op=WITH expr
    | expr op=ARROW expr
    | expr op=BAR expr
    ;

arguments : argument ( COMMA argument )* COMMA? ;
argument  : expr ( COLON expr )? ;
names     : name ( COMMA name )* ;
name      : NAME | BACKQUOTED ;

// --- tokens
NEWLINE : '\r'? '\n' | '\r' ;
SPACE   : [ \t\f\u00A0]+ -> skip ;
COMMENT : '#' ~[\r\n]* ;

IN    : 'in' ;
AND   : 'and' ;
OR    : 'or' ;
NOT   : 'not' ;
TRUE  : 'true' ;
FALSE : 'false' ;
NONE  : 'none' ;

DATE     : D D D D '-' D D '-' D D ;
INTEGER  : DIGITS ;
REAL     : DIGITS '.' DIGITS EXPONENT? | DIGITS EXPONENT ;
PERCENT  : DIGITS ( '.' DIGITS )? '%' ;
QUANTITY : DIGITS ( '.' DIGITS )? NAME_START NAME_PART* ;

NAME                : NAME_START NAME_PART* ;
BACKQUOTED          : '`' ~[`\r\n]+ '`' ;
UNCLOSED_BACKQUOTED : '`' ~[`\r\n]* ;
STRING              : '"' STRING_PART* '"' ;
UNCLOSED_STRING     : '"' STRING_PART* '\\'? ;
SINGLE_QUOTED       : '\'' ~['\r\n]* '\'' ;

ARROW         : '->' ;
DOTDOT        : '..' ;
EQUAL         : '==' ;
NOT_EQUAL     : '!=' ;
LESS_EQUAL    : '<=' ;
GREATER_EQUAL : '>=' ;
LESS          : '<' ;
GREATER       : '>' ;
ASSIGN        : '=' ;
COLON         : ':' ;
COMMA         : ',' ;
DOT           : '.' ;
PLUS          : '+' ;
MINUS         : '-' ;
STAR          : '*' ;
SLASH         : '/' ;
REMAINDER     : '%' ;
CARET         : '^' ;
BAR           : '|' ;
LPAREN        : '(' ;
RPAREN        : ')' ;
LBRACKET      : '[' ;
RBRACKET      : ']' ;
LBRACE        : '{' ;
RBRACE        : '}' ;
SEMICOLON     : ';' ;

// Understood only to say what to write instead.
FOREIGN_OPERATOR : '&&' | '||' | '!' | '**' | '=>' | '<>' | ':=' | '===' | '\u2192' | '\u2264' | '\u2265' | '\u2260' | '\u2212' ;
FOREIGN_COMMENT  : '//' ~[\r\n]* ;
UNKNOWN          : . ;

fragment D           : [0-9] ;
fragment DIGITS      : [0-9]+ ( '_' [0-9]+ )* ;
fragment EXPONENT    : [eE] [+-]? [0-9]+ ;
fragment NAME_START  : [\p{L}_] ;
fragment NAME_PART   : [\p{L}\p{M}\p{Nd}_] ;
fragment STRING_PART : ~["\\\r\n] | '\\' ~[\r\n] ;
