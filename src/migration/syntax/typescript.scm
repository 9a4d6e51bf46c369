; What TypeScript has beside JavaScript.

(class_declaration (class_heritage (extends_clause value: (identifier) @superclass))) @scope.class
(class (class_heritage (extends_clause value: (identifier) @superclass))) @scope.class
(abstract_class_declaration) @scope.class
(abstract_class_declaration (class_heritage (extends_clause value: (identifier) @superclass))) @scope.class
(abstract_class_declaration name: (_) @definition.outer)

(public_field_definition name: (_) @definition.member type: (_)? @type value: (_)? @value)
(required_parameter pattern: (identifier) @definition type: (_)? @type value: (_)? @value)
(optional_parameter pattern: (identifier) @definition type: (_)? @type)
(required_parameter (accessibility_modifier) pattern: (identifier) @definition.promoted type: (_)? @type)
(lexical_declaration (variable_declarator name: (identifier) @definition type: (_) @type))
(variable_declaration (variable_declarator name: (identifier) @definition.function type: (_) @type))

[(interface_declaration) (type_alias_declaration) (function_signature)] @scope
(interface_declaration name: (_) @definition.outer)
(type_alias_declaration name: (_) @definition.outer)
(enum_declaration name: (_) @definition)
(internal_module name: (identifier) @definition)
(type_parameter name: (_) @definition)
(import_require_clause (identifier) @definition.module)
(nested_type_identifier name: (_) @property)
(nested_identifier property: (_) @property)
