; Scopes and names of the shell. What the captures mean: ../locals.ts

(function_definition) @scope.function
(subshell) @scope.function
(declaration_command (variable_assignment name: (variable_name) @definition.function value: (_)? @value))
(variable_assignment name: (variable_name) @definition.module value: (_)? @value)
(for_statement variable: (variable_name) @definition.module)
(if_statement (else_clause) @branch)
(if_statement (elif_clause) @branch)
[(case_item) (list)] @branch.any
[(if_statement) (case_statement)] @branch.any
[(for_statement) (while_statement)] @branch.loop
