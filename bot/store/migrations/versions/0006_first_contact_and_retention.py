"""when people were told, when they were seen, and what is done once a day

Revision ID: 0006
Revises: 0005
"""

import sqlalchemy as sa
from alembic import op

revision = '0006'
down_revision = '0005'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('chores',
    sa.Column('name', sa.String(length=32), nullable=False),
    sa.Column('begun', sa.DateTime(), nullable=False),
    sa.PrimaryKeyConstraint('name', name=op.f('pk_chores'))
    )
    with op.batch_alter_table('people', schema=None) as batch_op:
        batch_op.add_column(sa.Column('told', sa.String(length=80), nullable=True))
        batch_op.add_column(sa.Column('seen', sa.DateTime(), nullable=True))
        batch_op.add_column(sa.Column('gone', sa.DateTime(), nullable=True))
    # When they did something last wasn't noted: for who is there, the time that things are kept begins now.
    op.execute(sa.text('UPDATE people SET seen = CURRENT_TIMESTAMP'))


def downgrade() -> None:
    with op.batch_alter_table('people', schema=None) as batch_op:
        batch_op.drop_column('gone')
        batch_op.drop_column('seen')
        batch_op.drop_column('told')

    op.drop_table('chores')
