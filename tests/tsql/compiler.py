"""Microsoft's T-SQL parser (ScriptDom) and schema compiler (DacFx), asked line by line: a question in JSON comes on standard
input, its answer in JSON goes to standard output. compiler.ts starts it, and has the types of questions and answers.

  {"parse": SCRIPT}                              errors of the grammar, and of each batch what it does to the schema
  {"compile": [DECLARATION …], "objects": true}  what does not compile or resolve, and the objects of the compiled model

Only what needs .NET is here; TypeScript judges.
"""

import json
import os
import re
import sys

from clr_loader import get_coreclr
from pythonnet import set_runtime

set_runtime(get_coreclr(runtime_config=os.environ['TSQL_RUNTIME_CONFIG'], dotnet_root=os.environ['TSQL_DOTNET']))
import clr  # noqa: E402

LIBRARIES = os.environ['TSQL_LIBRARIES']
sys.path.append(LIBRARIES)
for name in ('SqlServer.TransactSql.ScriptDom', 'Data.Tools.Utilities', 'Data.Tools.Schema.Sql', 'SqlServer.Dac', 'SqlServer.Dac.Extensions'):
    clr.AddReference(f'{LIBRARIES}/Microsoft.{name}')
from Microsoft.SqlServer.Dac.Model import DacQueryScopes, RelationshipType, SqlServerVersion, TSqlModel, TSqlModelOptions  # noqa: E402
from Microsoft.SqlServer.TransactSql.ScriptDom import Sql150ScriptGenerator, TSql150Parser  # noqa: E402
from System.IO import StringReader  # noqa: E402

parser, generator = TSql150Parser(True), Sql150ScriptGenerator()


def kind_of(node):
    return node.GetType().Name


def script_of(node):
    """The node as the generator writes it: without comments, and always in the same way."""
    return generator.GenerateScript(node, None).strip()


def text_of(node):
    """The node as it stands in the script."""
    tokens = node.ScriptTokenStream
    return ''.join(tokens[i].Text for i in range(node.FirstTokenIndex, node.LastTokenIndex + 1) if tokens[i].Text)


def name_of(name):
    return (name.BaseIdentifier if hasattr(name, 'BaseIdentifier') else name).Value


def quoted(name):
    return '[' + name.replace(']', ']]') + ']'


def bare(expression):
    """Without parentheses around it, which mean nothing."""
    while kind_of(expression) in ('ParenthesisExpression', 'BooleanParenthesisExpression'):
        expression = expression.Expression
    return expression


# What a statement does to the schema: {"do": "create" | "change" | "drop", "what": …, "table": …, "name": …, "sql": …}


def constraint(table, node, column=None):
    """A constraint, wherever it is written, as a declaration of its own."""
    kind = kind_of(node)
    if node.ConstraintIdentifier is None:
        return {'do': 'unknown', 'name': f'a constraint without a name in {table}'}
    made = {'do': 'create', 'what': 'constraint', 'table': table, 'name': node.ConstraintIdentifier.Value}
    if kind == 'DefaultConstraintDefinition':
        column = column or node.Column.Value
        body = f'CONSTRAINT {quoted(made["name"])} DEFAULT {script_of(bare(node.Expression))} FOR {quoted(column)}'
    elif column and kind != 'CheckConstraintDefinition':
        return {'do': 'unknown', 'name': f'{made["name"]}: a key belongs after the columns'}
    else:
        if kind == 'CheckConstraintDefinition':
            node.CheckCondition = bare(node.CheckCondition)
        body = script_of(node)
    if kind == 'ForeignKeyConstraintDefinition':
        made['references'] = name_of(node.ReferenceTableName)
    return {**made, 'sql': f'ALTER TABLE dbo.{quoted(table)} ADD {body}'}


def parts(table, definition):
    """Columns without their constraints, and the constraints."""
    for column in definition.ColumnDefinitions:
        name, own = column.ColumnIdentifier.Value, []
        if column.DefaultConstraint is not None:
            own.append(column.DefaultConstraint)
            column.DefaultConstraint = None
        for each in list(column.Constraints):
            if kind_of(each) != 'NullableConstraintDefinition':
                own.append(each)
                column.Constraints.Remove(each)
        computed = column.ComputedColumnExpression is not None
        yield {'do': 'create', 'what': 'column', 'table': table, 'name': name, 'sql': script_of(column), 'computed': computed}
        for each in own:
            yield constraint(table, each, name)
    for each in definition.TableConstraints:
        yield constraint(table, each)
    for each in definition.Indexes:
        yield {'do': 'unknown', 'name': f'{name_of(each.Name)}: an index belongs into a statement of its own'}


def create_table(node):
    table = name_of(node.SchemaObjectName)
    yield {'do': 'create', 'what': 'table', 'table': table, 'name': table}
    yield from parts(table, node.Definition)


def alter_column(node):
    nullable = str(node.AlterTableAlterColumnOption)
    if nullable not in ('Null', 'NotNull'):
        return [{'do': 'unknown', 'name': f'ALTER COLUMN {name_of(node.ColumnIdentifier)} without NULL or NOT NULL'}]
    name = node.ColumnIdentifier.Value
    collation = f' COLLATE {node.Collation.Value}' if node.Collation is not None else ''
    sql = f'{quoted(name)} {script_of(node.DataType)}{collation} {"NOT NULL" if nullable == "NotNull" else "NULL"}'
    return [{'do': 'change', 'what': 'column', 'table': name_of(node.SchemaObjectName), 'name': name, 'sql': sql}]


def alter_table_drop(node):
    for each in node.AlterTableDropTableElements:
        what = 'column' if str(each.TableElementType) == 'Column' else 'constraint'
        yield {'do': 'drop', 'what': what, 'table': name_of(node.SchemaObjectName), 'name': each.Name.Value, 'ifExists': each.IsIfExists}


def drops(what, names, node, table=None):
    return [{'do': 'drop', 'what': what, 'table': table, 'name': name, 'ifExists': getattr(node, 'IsIfExists', False)} for name in names]


def drop_index(node):
    for each in node.DropIndexClauses:
        yield from drops('index', [each.Index.Value], node, name_of(each.Object))


def create(what, table, name, node):
    return [{'do': 'create', 'what': what, 'table': table and name_of(table), 'name': name, 'sql': script_of(node)}]


DEFINITIONS = {
    'CreateTableStatement': create_table,
    'AlterTableAddTableElementStatement': lambda node: parts(name_of(node.SchemaObjectName), node.Definition),
    'AlterTableAlterColumnStatement': alter_column,
    'AlterTableDropTableElementStatement': alter_table_drop,
    'DropTableStatement': lambda node: drops('table', [name_of(each) for each in node.Objects], node),
    'CreateIndexStatement': lambda node: create('index', node.OnName, node.Name.Value, node),
    'DropIndexStatement': drop_index,
    'CreateTriggerStatement': lambda node: create('trigger', node.TriggerObject.Name, name_of(node.Name), node),
    'DropTriggerStatement': lambda node: drops('trigger', [name_of(each) for each in node.Objects], node),
    'CreateFullTextCatalogStatement': lambda node: create('full-text catalog', None, node.Name.Value, node),
    'DropFullTextCatalogStatement': lambda node: drops('full-text catalog', [node.Name.Value], node),
    'CreateFullTextIndexStatement': lambda node: create('full-text index', node.OnName, name_of(node.OnName), node),
    'DropFullTextIndexStatement': lambda node: drops('full-text index', [name_of(node.TableName)], node, name_of(node.TableName)),
}
SESSION = re.compile(r'^(PredicateSet|SetOnOff|SetTransactionIsolationLevel|(Begin|Commit)Transaction|Print)Statement$')
DATA = re.compile(r'^(Select|Insert|Update|Delete|Merge|DeclareVariable|SetVariable|While|TryCatch|Throw)Statement$')


class Batch:
    """What one batch does: to the schema, and which of its statements read or change rows."""

    def __init__(self):
        self.changes, self.data, self.errors = [], [], []

    def add(self, node):
        kind = kind_of(node)
        if kind in DEFINITIONS:
            self.changes += DEFINITIONS[kind](node)
        elif kind == 'BeginEndBlockStatement':
            for each in node.StatementList.Statements:
                self.add(each)
        elif kind == 'IfStatement' and node.ElseStatement is None:
            self.add(node.ThenStatement)  # the guard is taken to hold
        elif kind == 'ExecuteStatement' and kind_of(node.ExecuteSpecification.ExecutableEntity) == 'ExecutableStringList':
            self.nested(''.join(each.Value for each in node.ExecuteSpecification.ExecutableEntity.Strings), node.StartLine)
        elif DATA.match(kind):
            self.data.append(text_of(node))
        elif not SESSION.match(kind):
            self.changes.append({'do': 'unknown', 'name': f'{kind} in line {node.StartLine}'})

    def nested(self, sql, line):
        """What EXEC runs."""
        script, errors = parse(sql)
        self.errors += [{**each, 'line': line, 'message': f'in what EXEC runs: {each["message"]}'} for each in errors]
        for batch in script.Batches if not errors else []:
            for node in batch.Statements:
                self.add(node)


def parse(sql):
    script, errors = parser.Parse(StringReader(sql), None)
    return script, [{'line': e.Line, 'column': e.Column, 'message': e.Message} for e in errors]


def answer_parse(sql):
    script, errors = parse(sql)
    if errors:
        return {'errors': errors, 'batches': []}
    batches = []
    for each in script.Batches:
        batch = Batch()
        for node in each.Statements:
            batch.add(node)
        errors += batch.errors
        batches.append({'line': each.StartLine, 'changes': batch.changes, 'data': '\n'.join(batch.data)})
    return {'errors': errors, 'batches': batches}


def describe(element):
    """Everything that the model knows of an object: what is not said of it is left out, and what it is made of, if that has a name."""
    said = []
    for each in element.ObjectType.Properties:
        value = element.GetProperty(each)
        if value is not None and str(value) != 'False':
            said.append(f'{each.Name} = {value}')
    for relation in element.ObjectType.Relationships:
        for instance in element.GetReferencedRelationshipInstances(relation):
            if relation.Type == RelationshipType.Composing and instance.ObjectName.HasName:
                continue  # described by itself; the order of columns is of no importance
            how = ' '.join(f'{each.Name} = {instance.GetProperty(each)}' for each in relation.Properties)
            inside = describe(instance.Object) if not instance.ObjectName.HasName and instance.Object is not None else []
            said.append(' '.join([f'{relation.Name}: {instance.ObjectName}', how, *inside]).strip())
    if element.ObjectType.Name == 'DmlTrigger':
        said.append(element.GetScript())
    return said


def described(elements):
    for element in elements:
        if element.Name.HasName:
            yield f'{element.ObjectType.Name} {element.Name}', describe(element)
            yield from described(element.GetChildren())


def new_model():
    return TSqlModel(SqlServerVersion.Sql150, TSqlModelOptions())


def add(model, sql):
    """Returns why it cannot be added, .NET's message without its stack; None where it was added."""
    try:
        model.AddObjects(sql)
    except Exception as error:
        return ' '.join(str(error).split('   at ')[0].split())


def answer_compile(declarations, objects):
    model, problems = new_model(), []
    if add(model, '\nGO\n'.join(declarations)):  # one of them: all together they take a third of the time
        model = new_model()
        problems = [f'{why} In: {sql}' for sql in declarations if (why := add(model, sql))]
    for message in model.Validate():
        problems.append(f'{message.MessageType} {message.Prefix}{message.Number}: {message.Message}')
    found = dict(described(model.GetObjects(DacQueryScopes.UserDefined))) if objects else {}
    return {'problems': problems, 'objects': found}


for line in sys.stdin:
    question = json.loads(line)
    answer = answer_parse(question['parse']) if 'parse' in question else answer_compile(question['compile'], question.get('objects', False))
    print(json.dumps(answer), flush=True)
