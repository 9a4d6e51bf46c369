; What JavaScript's grammar writes in another way than TypeScript's.

(class_declaration (class_heritage (identifier) @superclass)) @scope.class
(class (class_heritage (identifier) @superclass)) @scope.class
(field_definition property: (_) @definition.member value: (_)? @value)
(formal_parameters (identifier) @definition)
(formal_parameters (assignment_pattern left: (identifier) @definition right: (_) @value))
