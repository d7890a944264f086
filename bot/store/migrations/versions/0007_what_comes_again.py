"""what a row was made or changed by, so that what comes again is told

Revision ID: 0007
Revises: 0006
"""

import sqlalchemy as sa
from alembic import op

revision = '0007'
down_revision = '0006'
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table('feedback', schema=None) as batch_op:
        batch_op.add_column(sa.Column('came', sa.String(length=64), nullable=True))

    with op.batch_alter_table('reminders', schema=None) as batch_op:
        batch_op.add_column(sa.Column('came', sa.String(length=64), nullable=True))

    with op.batch_alter_table('teams', schema=None) as batch_op:
        batch_op.add_column(sa.Column('came', sa.String(length=64), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table('teams', schema=None) as batch_op:
        batch_op.drop_column('came')

    with op.batch_alter_table('reminders', schema=None) as batch_op:
        batch_op.drop_column('came')

    with op.batch_alter_table('feedback', schema=None) as batch_op:
        batch_op.drop_column('came')
